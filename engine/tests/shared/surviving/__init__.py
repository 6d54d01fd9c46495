"""Ways in which machines fail, made to happen on purpose: killed processes, lost power, full disks, cut links."""
