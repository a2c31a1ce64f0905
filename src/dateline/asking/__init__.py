"""Ways of asking a model for a draft: ``direct`` and ``guided``."""
