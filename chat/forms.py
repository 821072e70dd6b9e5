"""What is typed into a room."""

from django import forms

LONGEST = 4000


class SayForm(forms.Form):
    """One message; `key` is made by the page, so that a second press or a retry is one message."""

    body = forms.CharField(
        max_length=LONGEST,
        error_messages={"required": "Write something first.", "max_length": f"At most {LONGEST} characters fit here."},
    )
    key = forms.RegexField(r"^[\w-]{8,64}$", error_messages={"required": "", "invalid": "This page is out of date."})


class EditForm(forms.Form):
    """A message's words, again."""

    body = forms.CharField(
        label="Message",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "To take it down, use “Remove”.", "max_length": f"At most {LONGEST} characters."},
    )
