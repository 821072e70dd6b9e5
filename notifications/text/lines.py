"""Text that must stay on one line: titles, subjects, header values."""


def one_line(text: object, limit: int) -> str:
    """Every run of white space and line ends becomes one space; longer text is cut with an ellipsis."""
    flat = " ".join("".join(" " if not char.isprintable() else char for char in str(text)).split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"
