"""From a Reading to a picture: plans say what is drawn; `screen` draws them with Plotly, `paper` with Matplotlib."""
