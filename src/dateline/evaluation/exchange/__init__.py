"""Labels to and from other tools: brat, Label Studio, doccano, MUC."""

from dateline.evaluation.exchange.label_map import LabelMap
from dateline.evaluation.exchange.muc_templates import entity_templates
from dateline.evaluation.exchange.notices import Notice
from dateline.evaluation.exchange.registry import FORMATS, Form, export_labels, import_labels

__all__ = [
    "FORMATS",
    "Form",
    "LabelMap",
    "Notice",
    "entity_templates",
    "export_labels",
    "import_labels",
]
