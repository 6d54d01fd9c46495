"""Cedar to its first answer, on one rule."""

import cedarpy

asked = {"principal": 'User::"u"', "action": 'Action::"a"', "resource": 'File::"f"', "context": {"edited": False}}
policy = "permit(principal, action, resource) unless { context.edited };"
print(cedarpy.is_authorized(asked, policy, []).decision)
