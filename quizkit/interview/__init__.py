"""The mock interview's rules, pure: the plan, the clock, the steps, the marks, the scorecard, the report."""
