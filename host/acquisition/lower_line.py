"""The line below points: the edge of their lower convex hull that spans their middle."""

Point = tuple[int, float]
"""A sample, and when it arrived."""


def steepness_s(points: list[Point]) -> float:
    """Return the line's seconds per sample; at least two points, ascending."""
    return slope_s(*supporting_edge(points))


def slope_s(left: Point, right: Point) -> float:
    """Return seconds per sample from one point to another."""
    return (right[1] - left[1]) / (right[0] - left[0])


def supporting_edge(points: list[Point]) -> tuple[Point, Point]:
    """Return the two ends of the lower hull's edge that spans the points' mean time.

    The mean sample would do as well for a steady stream; but many samples that were handed over at
    once are one moment, and must not make a line without any slope.
    """
    hull: list[Point] = []
    for point in points:
        while len(hull) > 1 and _turns_down(hull[-2], hull[-1], point):
            hull.pop()
        hull.append(point)
    middle_s = sum(point[1] for point in points) / len(points)
    right = next((place for place, point in enumerate(hull) if point[1] >= middle_s), len(hull) - 1)
    right = max(right, 1)
    return hull[right - 1], hull[right]


def _turns_down(first: Point, middle: Point, last: Point) -> bool:
    """Tell whether `middle` lies on or above the line from `first` to `last`."""
    rise = (middle[1] - first[1]) * (last[0] - first[0])
    return rise >= (last[1] - first[1]) * (middle[0] - first[0])
