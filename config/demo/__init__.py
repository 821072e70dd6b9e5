"""The demo world: three groups, about forty members, dates relative to today. Made through the site's own verbs."""
