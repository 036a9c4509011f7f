"""What to ask a provider: the questions whose answers matter most for what it does here.

The entry is :func:`riskmap.rules.asking.questions.questions_for`. Only what the model does not know
is asked; an answer is somebody's word (``attested``), never more.
"""
