"""What a contingency plan says, as text."""

import pytest

from riskmap.errors import OutputError, UnknownNameError
from riskmap.report.profiles import profile
from riskmap.report.view.plan import activation, header, prerequisites, reconstitution, recovery
from riskmap.report.view.plan.recovery import on_the_clock
from riskmap.report.view.plan.subject import plan_context


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_default_is_the_way_round_for_what_hurts_most(founding) -> None:
    context = plan_context(founding, None)
    assert context.plan is not None
    assert context.plan.id == "net-domain"


def test_the_tested_and_quick_way_round_comes_first(proposal) -> None:
    context = plan_context(proposal, "mail-to-va")
    assert context.plan is not None
    assert context.plan.id == "relay-for-refused"
    assert [plan.id for plan in context.others] == ["net-domain"]


def test_founding_plan_says_that_it_would_not_work(founding) -> None:
    state = header.build(plan_context(founding, "net-domain")).state
    assert state.title == "This plan would not work as it stands"
    said = plain(" ".join(state.lines))
    assert "It carries only after 4 days 16 hours ○; 8 hours ○ can be borne." in said
    assert "It has never been tested." in said
    assert "It falls together with what it replaces when SenderBase fails." in said
    assert "what starts it, who decides" in said


def test_decide_by_is_tolerance_less_starting(proposal) -> None:
    decide = activation.build(plan_context(proposal, "relay-for-refused")).decide_by
    assert plain(decide.text) == "7 hours ○ after the start"
    assert plain(decide.note) == "8 hours ○ that can be borne, less 1 hour ○ for starting"


def test_decide_by_that_is_past_before_it_begins(founding) -> None:
    decide = activation.build(plan_context(founding, "net-domain")).decide_by
    assert decide.mark is not None
    assert decide.mark.word == "Cannot be met"
    assert "starting takes 16 hours ○" in plain(decide.note)


def test_no_trigger_is_a_gap_and_a_warning_with_the_delay(founding) -> None:
    start = activation.build(plan_context(founding, "net-domain"))
    assert start.trigger.gap
    assert start.decides.gap
    assert start.warning is not None
    assert "Microsoft admitted an outage only 6 days after" in plain(start.warning.lines[0])


def test_a_trigger_of_the_provider_is_warned_of(make) -> None:
    context = plan_context(
        make(
            """
            riskmap: 1
            organisation: Shop
            functions: {till: {title: Till, mtd: 4h, needs: [net]}}
            services: {net: {title: Network, outage: {worst: 2d}}, mobile: {title: Mobile}}
            contingencies:
              phone:
                covers: net
                uses: [mobile]
                trigger: {when: They write to us, signal: provider}
            """
        ),
        "phone",
    )
    start = activation.build(context)
    assert start.trigger.note == "the provider\u2019s word"
    assert start.warning is not None
    assert start.warning.title == "Do not wait for the provider to say so"


def test_steps_run_against_the_clock(proposal) -> None:
    rows = recovery.build(plan_context(proposal, "relay-for-refused")).rows
    clocks = [plain(row.clock.text) for row in rows]
    assert clocks == ["1 h ○", "2 h ○", "2 h 20 min ○", "2 h 50 min ○", "3 h ○"]
    assert not any(row.kind == "limit" for row in rows)


def test_the_line_where_tolerance_ends_is_drawn_once(founding) -> None:
    rows = recovery.build(plan_context(founding, "net-domain")).rows
    assert [row.kind for row in rows].count("limit") == 1
    assert rows[0].kind == "limit"
    assert all(row.clock.mark is not None for row in rows[1:])
    assert plain(rows[-1].clock.text) == "4 d 16 h ○"


def test_prerequisites_that_share_fate_come_first(founding) -> None:
    check = prerequisites.build(plan_context(founding, "net-domain"))
    assert check.title == "It falls too when SenderBase fails"
    tones = [row.mark.tone for row in check.rows]
    assert tones == sorted(tones)  # "bad" before "good"
    assert check.rows[-1].mark.word == "Separate"


def test_a_plan_that_helps_some_functions_says_which_it_does_not(founding) -> None:
    context = plan_context(founding, "microsoft")
    said = " ".join(header.build(context).state.lines)
    assert "It does nothing for “Receive mail from clients” and “Run the back office”." in said
    assert recovery.build(context).ladder_title == "How far this carries, if Microsoft fails"


def test_without_a_plan_it_is_a_form(founding) -> None:
    context = plan_context(founding, "sharepoint-online")
    head = header.build(context)
    assert head.headline == "No way round yet: losing “SharePoint sites of the back office”"
    assert head.state.title == "This is a form, not yet a plan"
    assert len(recovery.build(context).rows) == 6
    assert prerequisites.build(context).blank
    assert all(cell.gap for cell in reconstitution.build(context).back)


def test_unknown_subject_is_refused_with_a_near_name(founding) -> None:
    with pytest.raises(UnknownNameError) as caught:
        plan_context(founding, "exchange-outbond")
    assert caught.value.near[0] == "exchange-outbound"


def test_the_board_report_takes_no_subject(founding) -> None:
    with pytest.raises(OutputError, match="takes no subject"):
        profile("board").context(founding, "microsoft")


def test_unknown_profile_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="report profile"):
        profile("bord")


def test_clock() -> None:
    assert plain(on_the_clock(0)) == "0 min"
    assert plain(on_the_clock(47 * 3600)) == "47 h"
    assert plain(on_the_clock(50 * 3600)) == "2 d 2 h"
