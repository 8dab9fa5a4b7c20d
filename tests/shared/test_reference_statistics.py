"""Every file of reference statistics is reproduced within the tolerance that its manifest states.

The numbers come from PHEindicatormethods, qicharts2, NHSRplotthedots, FunnelPlotR, Fingertips, base R and Newcombe's
papers; the manifest names them file by file. A file without a reproduction here fails the test.
"""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray

from vawg_metrics.methods import MethodError
from vawg_metrics.methods.attributes import c_chart, p_chart, u_chart
from vawg_metrics.methods.change import rate_ratio
from vawg_metrics.methods.chart import Baseline, Chart
from vawg_metrics.methods.control import D2, i_prime, moving_range_chart, run_chart, xmr
from vawg_metrics.methods.funnel import (
    HIGH_95,
    HIGH_998,
    LOW_95,
    LOW_998,
    NOT_JUDGED,
    SIMILAR,
    Comparison,
    compare_proportions,
    compare_rates,
    compare_standardised,
    implied_population,
    proportion_funnel,
    rate_funnel,
    ratio_funnel,
)
from vawg_metrics.methods.intervals import byar, exact_poisson, newcombe, wilson
from vawg_metrics.methods.overdispersion import (
    Scores,
    dispersed_limits,
    dispersion,
    kept_when_truncated,
    log_rate_scores,
    log_ratio_scores,
    proportion_scores,
    root_ratio_scores,
    winsorised,
)
from vawg_metrics.methods.rare import g_chart, t_chart
from vawg_metrics.methods.rates import directly_standardised, indirectly_standardised, rate
from vawg_metrics.methods.runs import crossings_needed, longest_allowed, runs_of
from vawg_metrics.methods.season import SeasonSettings, decompose
from vawg_metrics.methods.signals import (
    OUTSIDE,
    SHIFT,
    TREND,
    TWO_OF_THREE,
    assurance,
    meaning,
    seven_in_a_row,
    seven_rising_or_falling,
    side_of,
    signals,
    two_of_three,
)
from vawg_metrics.methods.trend import proportion_chi_square, proportion_trend, value_trend

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "reference" / "statistics"
MANIFEST = json.loads((FOLDER / "MANIFEST.json").read_text())
SET_ASIDE = {name for name, entry in MANIFEST.items() if "do not test" in entry.get("use", "")}
CHECKS: dict[str, Callable[[], int]] = {}
Column = NDArray[np.float64]
Rows = list[dict[str, str]]
# Two-sided levels whose normal deviates are 1.959964 and 3.090232, as FunnelPlotR rounds them.
ROUNDED_95, ROUNDED_998 = 0.9500000018071153, 0.9979999979382098
LEVELS = {"95%": 0.95, "99.8%": 0.998, "95": 0.95, "99": 0.998, "2s": 0.95, "3s": 0.998}
LABELS = {
    HIGH_998: "High (0.001)", HIGH_95: "High (0.025)", SIMILAR: "Not significant", LOW_95: "Low (0.025)",
    LOW_998: "Low (0.001)", NOT_JUDGED: "Not applicable for events less than 10 for dsrs",
}  # fmt: skip


def reproduces(*names: str) -> Callable[[Callable[[str], int]], Callable[[str], int]]:
    """Register a check for files; it returns how many cases it compared."""

    def register(check: Callable[[str], int]) -> Callable[[str], int]:
        for name in names:
            CHECKS[name] = lambda name=name: check(name)
        return check

    return register


def rows_of(name: str) -> Rows:
    with (FOLDER / name).open(newline="") as file:
        return list(csv.DictReader(file))


def document(name: str) -> dict:
    return json.loads((FOLDER / name).read_text())


def records(table: dict) -> list[dict]:
    return [dict(zip(table["cols"], row, strict=True)) for row in table["rows"]]


def number(text: object) -> float:
    return float("nan") if text in ("", None, "NA") else float(text)  # type: ignore[arg-type]


def column(rows: Rows, name: str) -> Column:
    return np.array([number(row[name]) for row in rows])


def tolerance(name: str) -> tuple[float, float]:
    """The relative and absolute tolerance stated for a file, in its manifest or in itself; 1e-9 without one."""
    stated = MANIFEST[name].get("tolerance", "")
    if not stated and name.endswith(".json"):
        stated = document(name).get("tolerance", "")
    found = re.match(r"(rel|abs) ([0-9.e-]+)", stated or "rel 1e-9")
    kind, size = found.groups() if found else ("rel", "1e-6")
    return (float(size), 0.0) if kind == "rel" else (0.0, float(size))


def agree(name: str, found: ArrayLike, expected: ArrayLike, near_zero: float = 0.0) -> int:
    """Compare within the file's tolerance (and `near_zero`, where a difference of nearly equal numbers is taken)."""
    relative, absolute = tolerance(name)
    np.testing.assert_allclose(
        np.asarray(found, dtype=float), np.asarray(expected, dtype=float), relative, max(absolute, near_zero)
    )
    return int(np.size(expected))


def true(text: object) -> bool:
    return str(text).upper() in ("TRUE", "1")


@pytest.mark.parametrize("name", sorted(set(MANIFEST) - SET_ASIDE))
def test_every_reference_file_is_reproduced_within_its_tolerance(name: str) -> None:
    assert name in CHECKS, f"nothing reproduces {name}"
    assert CHECKS[name]() > 0


def test_only_the_robust_seasonal_file_is_set_aside() -> None:
    assert {"A16_stl_ldeaths_s13_robust.csv"} == SET_ASIDE
    assert {path.name for path in FOLDER.iterdir()} - {"MANIFEST.json"} == set(MANIFEST)


@reproduces("A01_byar_wilson_limits.csv")
def check_limits(name: str) -> int:
    compared = 0
    for row in rows_of(name):
        level = LEVELS[row["confidence"]]
        x = number(row["x"])
        found = byar(x, level) if row["method"] == "Byars" else wilson(x, number(row["n"]), level)
        # A Byar lower limit that would be negative is blank upstream and 0 here.
        agree(name, [found.lower, found.upper], [number(row["lowercl"] or 0), number(row["uppercl"])])
        compared += 1
    return compared


@reproduces("A02_rate_poisson.csv", "A03_proportion_wilson.csv")
def check_rates_and_proportions(name: str) -> int:
    compared = 0
    for row in rows_of(name):
        x, n = number(row["Numerator"]), number(row["Denominator"])
        if np.isnan(x) or np.isnan(n):
            with pytest.raises(MethodError):
                rate(x, n) if "rate" in name else wilson(x, n)
            continue
        per = float(row["multiplier"])
        for level, lower, upper in ((0.95, "lower95_0cl", "upper95_0cl"), (0.998, "lower99_8cl", "upper99_8cl")):
            found = rate(x, n, per, level) if "rate" in name else wilson(x, n, level)
            scale = 1.0 if "rate" in name else per
            limits = np.array([found.estimate, found.lower, found.upper]) * scale
            compared += agree(name, limits, [float(row[key]) for key in ("value", lower, upper)])
        if "rate" in name:
            assert (row["method"] == "Exact") == ("exact" in str(found.method))
    return compared


@reproduces("A04_dsr_dobson.json")
def check_directly_standardised(name: str) -> int:
    data = document(name)
    areas: dict[str, list[dict]] = {}
    for row in [*records(data["multiarea"]), *records(data["nonindependent"])]:
        areas.setdefault(row["area"], []).append(row)
    areas["testdata_1976"] = records(data["area_1976"])
    compared = 0
    for want in records(data["expected"]):
        bands = areas[want["area"]]
        older = want["area"] == "testdata_1976"
        standard = [band["esp1976"] for band in bands] if older else data["esp2013"]
        people = [[band.get(f"f{events}") or 0 for events in range(1, 5)] for band in bands]
        per = 10_000 if "10000" in want["statistic"] and "100000" not in want["statistic"] else 100_000
        for level, lower, upper in ((0.95, "lower95_0cl", "upper95_0cl"), (0.998, "lower99_8cl", "upper99_8cl")):
            found = directly_standardised(
                [band["count"] or 0 for band in bands],
                [band["pop"] for band in bands],
                standard,
                people_by_events=people if "f1" in bands[0] else None,
                per=per,
                confidence=level,
            )
            assert (found.events, found.population) == (want["total_count"], want["total_pop"])
            if want["value"] is None:
                assert found.value is None and "fewer than 10" in found.reason
                compared += 1
            elif older and level == 0.998:
                compared += agree(name, found.value, want["value"])  # its limits are set aside by the file's note
            else:
                compared += agree(
                    name, [found.value, found.lower, found.upper], [want["value"], want[lower], want[upper]]
                )
    return compared


@reproduces("A05_isr.json")
def check_indirectly_standardised(name: str) -> int:
    data = document(name)
    reference = records(data["refdata"])
    compared = 0
    for want in records(data["expected"]):
        bands = [row for row in records(data["multiarea"]) if row["area"] == want["area"]]
        scale = float(re.findall(r"\d+", want["statistic"])[-1])
        for level, lower, upper in ((0.95, "lower95_0cl", "upper95_0cl"), (0.998, "lower99_8cl", "upper99_8cl")):
            found = indirectly_standardised(
                [band["count"] or 0 for band in bands],
                [band["pop"] for band in bands],
                [band["refcount"] for band in reference],
                [band["refpop"] for band in reference],
                per=scale,
                confidence=level,
            )
            is_rate = "rate" in want["statistic"]
            shown, by = (found.rate, 1.0) if is_rate else (found.ratio, scale)
            numbers = [shown.estimate * by, shown.lower * by, shown.upper * by, found.observed, found.expected]
            keys = ("value", lower, upper, "observed", "expected")
            compared += agree(name, numbers, [want[key] for key in keys])
            if is_rate:
                compared += agree(name, found.reference_rate, want["ref_rate"])
    return compared


def same_labels(found: Comparison, expected: list[str]) -> int:
    assert [LABELS[label] for label in found.label] == expected
    return len(expected)


@reproduces("A06_phe_funnel_prop_inputs.csv")
def check_proportion_labels(name: str) -> int:
    rows = rows_of(name)
    found = compare_proportions(column(rows, "numerator"), column(rows, "denominator"))
    return same_labels(found, [row["significance"] for row in rows])


@reproduces("A07_phe_funnel_rate_inputs.csv")
def check_rate_labels(name: str) -> int:
    rows = rows_of(name)
    counts, people, standardised = column(rows, "count"), column(rows, "pop"), column(rows, "rate_dsr")
    compared = 0
    for heading in rows[0]:
        if not heading.startswith(("crude_", "dsr_")):
            continue
        per = 100_000 if "100000" in heading else 100
        # "without_0" means that the area with no event was not in the data: its stored label is not a result.
        keep = counts > 0 if "without_0" in heading else counts >= 0
        want = [row[heading] for row, kept in zip(rows, keep, strict=True) if kept]
        if heading.startswith("crude"):
            found = compare_rates(counts[keep], people[keep], per=per)
        else:
            found = compare_standardised(counts[keep], standardised[keep] * per / 100_000, per=per)
        compared += same_labels(found, want)
    return compared


@reproduces("A08_phe_funnel_ratio_inputs.csv")
def check_ratio_labels(name: str) -> int:
    rows = rows_of(name)
    found = compare_rates(column(rows, "obs"), column(rows, "expected"), 1.0, per=1)
    return same_labels(found, [row["significance"] for row in rows])


@reproduces("A06_phe_funnel_prop_limits.csv")
def check_proportion_funnel(name: str) -> int:
    rows = rows_of(name)
    compared = 0
    for level, sigmas in ((0.95, "2s0025"), (0.998, "3s0001")):
        found = proportion_funnel(column(rows, "Population"), float(rows[0]["Baseline"]) / 100, level)
        compared += agree(name, found.lower * 100, column(rows, f"Lower{sigmas}limit"))
        compared += agree(name, found.upper * 100, column(rows, f"Upper{sigmas}limit"))
    return compared


@reproduces("A07_phe_funnel_rate_limit_inputs.csv")
def check_derived_denominators(name: str) -> int:
    rows = rows_of(name)
    events, rates = column(rows, "ev"), column(rows, "rate")
    # One area had no rate upstream: two of its denominators are blank or, where one was given, that population itself.
    without_rate = np.isnan(column(rows, "denominator_derived"))
    assert without_rate.sum() == 1
    compared = 0
    for key, years in (("", 3), ("_crude", 3), ("_crude_with_denom", 5)):
        want, found = (
            column(rows, f"denominator_derived{key}"),
            np.asarray(implied_population(events, rates, years=years)),
        )
        kept = np.ones(want.size, dtype=bool) if key == "_crude" else ~without_rate
        compared += agree(name, found[kept], want[kept])
    agree(name, column(rows, "pop")[without_rate] / 5, want[without_rate])
    return compared


@reproduces("A07_phe_funnel_rate_limits.csv")
def check_rate_funnel(name: str) -> int:
    rows = rows_of(name)
    compared = 0
    for level, sigmas in ((0.95, "2s"), (0.998, "3s")):
        found = rate_funnel(column(rows, "Events"), float(rows[0]["baseline"]), per=100_000, years=3, confidence=level)
        for side, limits, sizes in (("lower", found.lower, found.lower_size), ("upper", found.upper, found.upper_size)):
            compared += agree(name, limits, column(rows, f"{side}_{sigmas}_limit"))
            compared += agree(name, sizes, column(rows, f"{side}_{sigmas}_population_1_year"))
    return compared


@reproduces("A08_phe_funnel_ratio_limits.csv")
def check_ratio_funnel(name: str) -> int:
    rows = rows_of(name)
    observed = column(rows, "Observed_events")
    # The stored limits were found by halving an interval of expected events to 1e-7: so far may they be off, and what
    # is divided by them accordingly more. Only the first 99.8 % limit (0.001 events) uses that allowance.
    step, relative = 1e-7, 1e-5
    compared = 0
    for level, sigmas in ((0.95, "2s"), (0.998, "3s")):
        found = ratio_funnel(observed, level)
        for side, limits, sizes in (("lower", found.lower, found.lower_size), ("upper", found.upper, found.upper_size)):
            np.testing.assert_allclose(sizes, column(rows, f"{side}_{sigmas}_exp_events"), relative, step)
            allowed = relative + step / sizes
            ratio, count = column(rows, f"{side}_{sigmas}_isr"), column(rows, f"{side}_{sigmas}_count")
            assert (np.abs(limits * 100 / ratio - 1) <= allowed).all()
            # The stored "count" is (observed - expected) / expected.
            assert (np.abs((limits - 1) - count) <= allowed * limits).all()
            compared += 3 * sizes.size
    return compared


def options(text: str) -> tuple[Baseline, float]:
    """`exclude 15,23; part 30; freeze 20; multiply 50` as a baseline (positions from 0) and a multiplier."""
    said = dict(part.split(maxsplit=1) for part in filter(None, (piece.strip() for piece in text.split(";"))))
    positions = tuple(int(place) - 1 for place in said.get("exclude", "").split(",") if place)
    baseline = Baseline(
        breaks=(int(said["part"]),) if "part" in said else (),
        freeze=int(said["freeze"]) if "freeze" in said else None,
        exclude=positions,
    )
    return baseline, float(said.get("multiply", 1))


def montgomery(kind: str, y: Column, n: Column, baseline: Baseline, per: float = 1.0) -> Chart:
    """The chart of a case, its y (already a rate or proportion) and n as upstream holds them."""
    draw = {
        "i": lambda: xmr(y, baseline, moving_ranges_out=3 / D2),
        "p": lambda: p_chart(np.rint(y * n), n, baseline),
        "c": lambda: c_chart(y, baseline),
        "u": lambda: u_chart(y * n / per, n, baseline, per=per),
        "t": lambda: t_chart(y, baseline),
    }
    return draw[kind]()


def same_chart(name: str, chart: Chart, rows: Rows, *, near: bool) -> int:
    """Lines, runs and signals of a chart against those of qicharts2, line by line."""
    compared = 0
    pairs = [("y", chart.values), ("cl", chart.centre), ("lcl", chart.lower), ("ucl", chart.upper)]
    if near:
        pairs += [("lcl.95", chart.near_lower), ("ucl.95", chart.near_upper)]
    for key, found in pairs:
        compared += agree(name, found, column(rows, key))
    assert (chart.stretch + 1).tolist() == [int(row["part"]) for row in rows]
    for runs, part in zip(runs_of(chart), chart.stretches(), strict=True):
        row = rows[part.start]
        want = {key: number(row[key]) for key in ("n.useful", "longest.run", "longest.run.max")}
        assert (runs.useful, runs.longest, runs.longest_allowed) == tuple(want.values())
        assert (runs.crossings, runs.crossings_needed) == (number(row["n.crossings"]), number(row["n.crossings.min"]))
        assert runs.signal == true(row["runs.signal"])
        compared += 6
    if np.isfinite(chart.lower).all():
        with np.errstate(invalid="ignore"):
            outside = (chart.values > chart.upper) | (chart.values < chart.lower)
        assert outside[chart.included].tolist() == [
            true(row["sigma.signal"]) for row, kept in zip(rows, chart.included, strict=True) if kept
        ]
        compared += int(chart.included.sum())
    return compared


@reproduces("A09_spc_montgomery.json")
def check_montgomery(name: str) -> int:
    data = document(name)
    assert len(data["cases"]) == 8
    compared = 0
    for case in data["cases"]:
        rows = [dict(zip(case["expected_cols"], row, strict=True)) for row in case["expected"]]
        baseline, per = options(case["options"])
        if case["chart"] == "mr":
            chart = moving_range_chart([row[1] for row in case["input"]], baseline)
        else:
            chart = montgomery(case["chart"], column(rows, "y"), column(rows, "n"), baseline, per)
        compared += same_chart(name, chart, rows, near=False)
    return compared


@reproduces("A10_hai_input.csv", "A10_hai_u_chart_expected.csv")
def check_u_chart_summaries(name: str) -> int:
    source, summaries = rows_of("A10_hai_input.csv"), rows_of("A10_hai_u_chart_expected.csv")
    assert len(summaries) == 22
    for want in summaries:
        kept = [row for row in source if {want["facet1"], want["facet2"]} - {"1.0"} <= set(row.values())]
        months = sorted({row["month"] for row in kept})
        totals = [
            [sum(float(row[key]) for row in kept if row["month"] == month) for month in months] for key in ("n", "days")
        ]
        chart = u_chart(*totals)
        (found,) = runs_of(chart)
        agree(
            "A10_hai_u_chart_expected.csv",
            [chart.centre[0], chart.lower.mean(), chart.upper.mean()],
            [float(want[key]) for key in ("CL", "aLCL", "aUCL")],
        )
        assert (found.points, found.useful, found.longest, found.crossings) == tuple(
            int(float(want[key])) for key in ("n.obs", "n.useful", "longest.run", "n.crossings")
        )
        assert found.longest_allowed == float(want["longest.run.max"])
        assert found.crossings_needed == float(want["n.crossings.min"])
        assert found.signal == true(want["runs.signal"])
        assert bool(signals(chart).outside.any()) == (number(want["sigma.signal"]) > 0)
    return len(summaries)


def cdi() -> Column:
    return column(rows_of("A11_qic_cdi_c.csv"), "y")


LINE_FILES: dict[str, Callable[[Column, Column], Chart]] = {
    "cdi_c": lambda y, n: c_chart(y),
    "cdi_c_freeze24": lambda y, n: c_chart(y, Baseline(freeze=24)),
    "cdi_c_part24": lambda y, n: c_chart(y, Baseline(breaks=(24,))),
    "cdi_i_screened": lambda y, n: xmr(y, moving_ranges_out=3 / D2),
    "cdi_i_unscreened": lambda y, n: xmr(y, screen=False, moving_ranges_out=3 / D2),
    "cdi_mr": lambda y, n: moving_range_chart(cdi()),
    "cdi_run": lambda y, n: run_chart(y),
    "cdi_u": lambda y, n: u_chart(y * n / 10_000, n, per=10_000),
    "cdi_up_screened": lambda y, n: u_chart(y * n / 10_000, n, per=10_000, laney=True),
    "cdi_up_unscreened": lambda y, n: u_chart(y * n / 10_000, n, per=10_000, laney=True, screen=False),
    "complaints_ip": lambda y, n: i_prime(y * n, n),
    "complaints_u": lambda y, n: u_chart(y * n, n),
    "complaints_up": lambda y, n: u_chart(y * n, n, laney=True),
    "g": lambda y, n: g_chart(y),
    "nhs_p": lambda y, n: p_chart(y * n, n),
    "nhs_pp": lambda y, n: p_chart(y * n, n, laney=True),
    "t": lambda y, n: t_chart(y),
}


@reproduces(*(f"A11_qic_{case}.csv" for case in LINE_FILES))
def check_chart_line_by_line(name: str) -> int:
    rows = rows_of(name)
    draw = LINE_FILES[name.removeprefix("A11_qic_").removesuffix(".csv")]
    return same_chart(name, draw(column(rows, "y"), column(rows, "n")), rows, near=True)


NHS_NAMES = {
    (OUTSIDE, 1): "Above UCL", (OUTSIDE, -1): "Below LCL",
    (TREND, 1): "7 Point Trend (Increasing)", (TREND, -1): "7 Point Trend (Decreasing)",
    (TWO_OF_THREE, 1): "2 in 3 Above CL", (TWO_OF_THREE, -1): "2 in 3 Below CL",
    (SHIFT, 1): "7 Points Above CL", (SHIFT, -1): "7 Points Below CL",
}  # fmt: skip
NHS_TYPES = {"usual": "common_cause", "improvement": "special_cause_improvement", "concern": "special_cause_concern"}


@reproduces(*(name for name in MANIFEST if re.fullmatch(r"A12_ptd_.*\.csv", name)))
def check_nhs_rules(name: str) -> int:
    rows = rows_of(name)
    group = column(rows, "rebase_group")
    baseline = Baseline(
        breaks=tuple((np.flatnonzero(np.diff(group)) + 1).tolist()), freeze=12 if "fix12" in name else None
    )
    chart = xmr(column(rows, "y"), baseline, screen="unscreened" not in name)
    found = signals(chart)
    compared = sum(
        agree(name, line, column(rows, key))
        for key, line in (("mean_col", chart.centre), ("lpl", chart.lower), ("upl", chart.upper))
    )
    close = ((chart.values > chart.near_upper) | (chart.values < chart.near_lower)) & (found.outside == 0)
    better = "higher" if any(word in name for word in ("rnorm20", "vignette")) else "lower"
    for place, row in enumerate(rows):
        side = int(found.side[place])
        assert bool(found.outside[place]) == true(row["outside_limits"])
        assert int(side_of(chart.values, chart.centre)[place]) == int(row["relative_to_mean"])
        assert bool(close[place]) == true(row["close_to_limits"])
        assert NHS_NAMES.get((str(found.rule[place]), side), "Common Cause") == row["special_cause_type"]
        assert (side != 0) == true(row["special_cause_flag"])
        assert NHS_TYPES[meaning(side, better)] == row["point_type"]
        compared += 6
    return compared


@reproduces("A12_ptd_rule_units.json")
def check_nhs_rule_units(name: str) -> int:
    units = document(name)
    for case in units["seven_trend"]:
        assert seven_rising_or_falling(case["y"]).tolist() == case["out"]
    for case in units["seven_one_side"]:
        assert np.abs(seven_in_a_row(case["rel"])).tolist() == case["out"]
    for case in units["two_in_three"]:
        assert np.abs(two_of_three(case["close"], case["rel"])).tolist() == case["out"]
    words = {"increase": "higher", "decrease": "lower"}
    outcomes = {"passes": "consistent_pass", "fails": "consistent_fail", "inconsistent": "inconsistent"}
    for case in units["assurance"]:
        said = assurance(case["lpl"], case["upl"], case["target"], words[case["direction"]])  # type: ignore[arg-type]
        assert outcomes[said] == case["out"]
    for case, printed in units["published_numbers"].items():
        rows = rows_of(f"A12_ptd_{case}.csv")
        chart = xmr(column(rows, "y"), screen="unscreened" not in case)
        lines = (chart.upper[0], chart.centre[0], chart.lower[0])
        assert tuple(round(float(line), 2) for line in lines) == (printed["upl"], printed["mean"], printed["lpl"])
    return sum(len(units[key]) for key in ("seven_trend", "seven_one_side", "two_in_three", "assurance"))


@reproduces("A13_anhoej_limits.csv")
def check_runs_limits(name: str) -> int:
    rows = rows_of(name)
    for row in rows:
        useful = int(row["n_useful"])
        assert longest_allowed(useful) == int(row["longest_run_max"])
        assert crossings_needed(useful) == int(row["n_crossings_min"])
    return len(rows)


def dispersed(scores: Scores, *, truncate: bool) -> tuple[float, float]:
    kept = kept_when_truncated(scores.z) if truncate else np.ones(scores.z.size, dtype=bool)
    found = dispersion(scores.z[kept] if truncate else winsorised(scores.z), scores.error[kept])
    return found.phi, found.tau_squared


FUNNELS: dict[str, tuple[Callable[..., Scores], Callable[[Column], Column]]] = {
    "rc_hai_cdi": (log_rate_scores, lambda value: np.exp(value) * 10_000),
    "pr_phe": (proportion_scores, lambda value: np.sin(value) ** 2),
    # Upstream leaves these limits on the square-root scale.
    "sr_CQC": (root_ratio_scores, lambda value: value),
    "sr_SHMI": (log_ratio_scores, np.exp),
}


@reproduces(*(f"A14_fp_{case}.csv" for case in FUNNELS))
def check_overdispersed_funnel(name: str) -> int:
    case = name.removeprefix("A14_fp_").removesuffix(".csv")
    rows = rows_of(name)
    score, turned_back = FUNNELS[case]
    x, n = column(rows, "numerator"), column(rows, "denominator")
    scores = score(x, n)
    compared = agree(name, scores.value, column(rows, "Y")) + agree(name, scores.z, column(rows, "Uzscore"))
    compared += agree(name, scores.target, column(rows, "target_transformed")[0])
    if case == "sr_SHMI":
        assert kept_when_truncated(scores.z).tolist() == [row["truncated"] == "0" for row in rows]
    else:
        compared += agree(name, winsorised(scores.z), column(rows, "Wuzscore"))
    tau_squared = dispersed(scores, truncate=case == "sr_SHMI")[1]
    # For rates upstream draws its lines with 1 / (2 sqrt(n)) instead of the standard error it tests with.
    errors = column(rows, "s")
    if case != "rc_hai_cdi":
        compared += agree(name, scores.error, errors)
    for level, key in ((ROUNDED_95, "95"), (ROUNDED_998, "99")):
        lower, upper = dispersed_limits(scores.target, errors, tau_squared, level)
        compared += agree(name, turned_back(lower), column(rows, f"OD{key}LCL"))
        compared += agree(name, turned_back(upper), column(rows, f"OD{key}UCL"))
        if case.startswith("sr"):
            plain = exact_poisson(n, LEVELS[key])
            limits = np.asarray(plain.lower) / n, np.asarray(plain.upper) / n
        else:
            limits = tuple(turned_back(line) for line in dispersed_limits(scores.target, errors, 0, level))
        compared += agree(name, limits[0], column(rows, f"LCL{key}")) + agree(
            name, limits[1], column(rows, f"UCL{key}")
        )
    return compared


@reproduces("A14_funnelplotr_units.json")
def check_overdispersion_units(name: str) -> int:
    units = document(name)
    expected = np.array(units["poisson_limits"]["expected"], dtype=float)
    for level, key in ((0.95, "95"), (0.998, "998")):
        found = exact_poisson(expected, level)
        for side, limit in (("ll", found.lower), ("ul", found.upper)):
            printed = units["poisson_limits"][side + key]
            np.testing.assert_allclose(np.asarray(limit) / expected, printed, 0, 5e-7)
    example = units["sr_example"]
    shmi = dispersed(log_ratio_scores(example["num"], example["denom"]), truncate=True)
    cqc = dispersed(root_ratio_scores(example["num"], example["denom"]), truncate=False)
    wanted = [(*shmi, example["phi_SHMI_full"], example["tau2_SHMI"]), (*cqc, example["phi_CQC"], example["tau2_CQC"])]
    for case, score in (("rc_hai_cdi", log_rate_scores), ("pr_phe", proportion_scores)):
        rows = rows_of(f"A14_fp_{case}.csv")
        found = dispersed(score(column(rows, "numerator"), column(rows, "denominator")), truncate=False)
        wanted.append((*found, units[case]["phi"], units[case]["tau2"]))
    for phi, tau_squared, printed_phi, printed_tau in wanted:
        np.testing.assert_allclose([phi, tau_squared], [printed_phi, printed_tau], 1e-12)
    assert round(shmi[0], 6) == example["phi_SHMI"]
    return 12 + 2 * len(wanted)


MARKERS = {
    "Increasing": "increasing", "Decreasing": "decreasing", "NoChange": "no change",
    "CannotBeCalculated": "cannot be calculated",
}  # fmt: skip


@reproduces("A15_trend_chi2.json")
def check_trends(name: str) -> int:
    markers = chi_squares = 0
    for case in document(name)["cases"]:
        want = case["expected"]
        if len(case["t"]) != 5:
            found = proportion_chi_square(case["count"], case["denominator"], case["t"])
            np.testing.assert_allclose(found, want["chi2"], 1e-9)
            chi_squares += 1
            continue
        if "count" in case:
            trend = proportion_trend(case["count"], case["denominator"], case["t"])
        else:
            trend = value_trend(case["value"], case["lower"], case["upper"], case["t"])
        if want.get("marker"):
            assert trend.marker == MARKERS[want["marker"]], case["id"]
            markers += 1
        if "chi2_2dp" in want:
            assert round(float(trend.chi_square or 0), 2) == want["chi2_2dp"]
            chi_squares += 1
        if "chi2_R_prop.trend.test" in want:
            np.testing.assert_allclose(float(trend.chi_square or 0), want["chi2_R_prop.trend.test"], 1e-9)
    assert (markers, chi_squares) == (8, 3)
    return markers + chi_squares


STL_CASES = {
    "periodic": SeasonSettings(),
    "s13_deg1_jump1": SeasonSettings(
        periodic=False, seasonal=13, seasonal_degree=1, seasonal_jump=1, trend_jump=1, low_pass_jump=1
    ),
}


@reproduces(*(f"A16_stl_ldeaths_{case}.csv" for case in STL_CASES))
def check_season(name: str) -> int:
    rows = rows_of(name)
    found = decompose(column(rows, "y"), STL_CASES[name.removeprefix("A16_stl_ldeaths_").removesuffix(".csv")])
    parts = (("seasonal", found.seasonal), ("trend", found.trend), ("remainder", found.remainder))
    return sum(agree(name, part, column(rows, key)) for key, part in parts)


@reproduces("A16_stl_settings.json")
def check_season_settings(name: str) -> int:
    stated = document(name)
    values = column(rows_of("A16_stl_ldeaths_periodic.csv"), "y")
    for case, settings in STL_CASES.items():
        used, want = decompose(values, settings).settings, stated[case]
        assert (used.seasonal, used.trend, used.low_pass, used.inner) == tuple(
            want[k] for k in ("s", "t", "l", "inner")
        )
        assert [used.seasonal_degree, used.trend_degree, used.low_pass_degree] == want["deg"]
        assert [used.seasonal_jump, used.trend_jump, used.low_pass_jump] == want["jump"]
        assert want["outer"] == 0
    return len(STL_CASES)


@reproduces("A17_year_on_year_poisson_ratio.csv")
def check_year_on_year(name: str) -> int:
    rows = rows_of(name)
    found = rate_ratio(*(column(rows, key) for key in ("before", "after", "pop_before", "pop_after")))
    shown = (found.ratio, found.lower, found.upper, found.p)
    keys = ("rate_ratio", "lower95", "upper95", "p_two_sided")
    return sum(agree(name, numbers, column(rows, key)) for key, numbers in zip(keys, shown, strict=True))


@reproduces("A18_newcombe_wilson_published.csv", "A19_newcombe_difference_published.csv")
def check_newcombe(name: str) -> int:
    rows = rows_of(name)
    if "A18" in name:
        found = wilson(column(rows, "x"), column(rows, "n"))
    else:
        found = newcombe(*(column(rows, key) for key in ("x1", "n1", "x2", "n2")))
    return agree(name, found.lower, column(rows, "lower95")) + agree(name, found.upper, column(rows, "upper95"))


@reproduces("A20_exact_poisson_ci.csv")
def check_exact_poisson(name: str) -> int:
    rows = rows_of(name)
    found = exact_poisson(column(rows, "count"))
    return agree(name, found.lower, column(rows, "lower95")) + agree(name, found.upper, column(rows, "upper95"))
