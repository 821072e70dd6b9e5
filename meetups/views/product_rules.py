"""How much product time a group's evenings carry."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetups import policies
from meetups.actions import product_time as verbs
from meetups.forms.agendas import RuleForm
from meetups.queries import product_time
from meetups.views.finding import UNPROCESSABLE, acting, group_or_404, reader, refused


@login_required
@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, slug: str) -> HttpResponse:
    """The group's own numbers; a change stands in its log."""
    group = group_or_404(request, slug)
    if not (verdict := policies.may_run(reader(request), group)):
        return refused(request, verdict, group=group)
    kept = product_time.rule_of(group)
    form = RuleForm(request.POST or None, initial={"minutes": kept.minutes, "percent": kept.percent})
    if request.method == "POST" and form.is_valid():
        verbs.set_rule(actor=acting(request), group=group, **form.cleaned_data, at=timezone.now())
        messages.success(
            request, "Kept, and written into the group's log. Agendas that hold too much are drafts again."
        )
        return redirect("meetups:group", group.slug)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "meetups/product_rule.html", {"group": group, "form": form}, status=status)
