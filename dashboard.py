"""The front door. The server reads it once, for its guards; each reader runs it, for the frame and a page in it."""

import streamlit as st

if __name__ == "__main__":
    from vawg_metrics.ui.frame import show

    show()
else:
    from vawg_metrics.ui.entrance import guards

    app = st.App(__file__, middleware=guards())
