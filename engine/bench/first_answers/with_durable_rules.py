"""durable-rules to its first answer, on two rules."""

from durable.lang import assert_fact, m, ruleset, when_all

with ruleset("work"):

    @when_all(m.edited == True)  # noqa: E712  # the language's own operator
    def denied(_):
        """What is edited is refused."""
        print("denied")

    @when_all(m.edited == False)  # noqa: E712
    def permitted(_):
        """What is not edited is permitted."""
        print("permitted")


assert_fact("work", {"edited": False})
