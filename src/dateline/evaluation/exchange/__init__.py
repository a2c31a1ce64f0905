"""Label files of other tools: brat, Label Studio, doccano, MUC-3/4."""
