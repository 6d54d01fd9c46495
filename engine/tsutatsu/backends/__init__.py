"""Back ends: engines that decide and writers that show. They know the kernel only, and not each other."""
