"""``riskmap unknowns``: questions for people, and the same for programs."""

import json

TEXT = """
functions:
  pay: {owner: head of finance, criticality: critical, mtd: 8h, rto: 4h, needs: [bank, fine]}
  read: {criticality: normal, mtd: 8h, rto: 4h, needs: [news]}
services:
  bank: {title: The bank, provider: bank-co, outage: {typical: 1h, worst: 2d, confidence: assumed}}
  fine: {outage: {worst: 1h, confidence: evidenced}}
  news: {owner: librarian, outage: {typical: 1h, worst: 2d, confidence: assumed}}
  idle: {outage: {worst: 2d, confidence: assumed}}
providers: {bank-co: {title: Bank Co, fails_alone: false}}
"""


def test_the_command_asks_and_says_what_hangs_on_it(riskmap, model):
    path = model(TEXT)
    said = riskmap("unknowns", path, "--today=2026-03-01").out
    flat = " ".join(said.split())
    assert "1. How long may “The bank” be out at worst? Ask: Bank Co" in flat
    assert "Counted so far: it is out for 2 days at worst" in flat
    assert "pay would be within its recovery objective instead of past what it can bear" in flat
    assert "One other fact that was tried would change nothing alone." in flat
    short = riskmap("unknowns", path, "--most=1", "--format=json", "--today=2026-03-01").out
    document = json.loads(short)
    assert [fact["key"] for fact in document["facts"]] == ["bank.outage"]
    assert document["not_tried"] == ["idle.outage", "news.outage"]
    assert document["facts"][0]["weight"]["decides"] == 64
