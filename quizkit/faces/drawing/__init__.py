"""Card texts as a terminal can show them: formulas, flowcharts and Markdown, in Unicode or in ASCII."""
