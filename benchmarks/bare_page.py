"""The least that Streamlit can do: one filter, one chart. What the dashboard's pages are measured against."""

import plotly.graph_objects as go
import streamlit as st

with st.sidebar:
    chosen = st.selectbox("Series", ["One", "Two"], key="series")
steps = range(36)
start = 10 if chosen == "One" else 20
st.plotly_chart(go.Figure(go.Scatter(x=list(steps), y=[start + step % 7 for step in steps])), key="chart")
st.html('<footer class="foot"><p>End</p></footer>')
