"""The drawn face without Qt: where everything lies, and the same picture as SVG."""
