"""Pure helpers about words: quotations, and polls as they are written."""
