"""Choosing a handle."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from community.actions import handles
from community.forms.handles import HandleForm
from community.verdicts import NotAllowed
from community.views.asking import me


@login_required
@require_http_methods(["GET", "POST"])
def handle(request: HttpRequest) -> HttpResponse:
    """Choose it once; a wish that is taken stays in the field, with free ones beside it."""
    if me(request).is_handle_chosen:
        return render(request, "community/handle.html", {"form": None})
    if request.method == "GET":
        form = HandleForm(member=me(request), initial={"handle": me(request).handle})
        return render(request, "community/handle.html", {"form": form})
    form = HandleForm(request.POST, member=me(request))
    if form.is_valid():
        try:
            chosen = handles.choose(member=me(request), handle=form.cleaned_data["handle"])
        except handles.Taken as error:
            form.add_error("handle", str(error))
            form.suggestions = error.suggestions
        except NotAllowed as error:
            form.add_error("handle", error.reason)
        else:
            messages.success(request, f"You are @{chosen.handle} now.")
            return redirect("community:settings")
    return render(request, "community/handle.html", {"form": form}, status=422)
