"""May they?"""
