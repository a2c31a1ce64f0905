"""What a prediction is worth against gold, document by document."""
