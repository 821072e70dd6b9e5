"""Python's collector of litter, told what stays: what a server has imported when it begins."""

import gc

YOUNG = 20_000
"""New things before it looks among them: a page makes some thousand, nearly all gone by themselves when it is sent."""


def settle() -> None:
    """Look no more through what is there now; call it when everything is imported.

    Without this every hundredth page waits a tenth of a second while half a million things are looked through that
    never go.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 100)
