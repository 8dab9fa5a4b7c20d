"""Presenter: a board pack one message a screen, in large type, driven from the keyboard."""

from vawg_metrics.ui.frame import chosen
from vawg_metrics.ui.presenter import draw_presenter

draw_presenter(chosen())
