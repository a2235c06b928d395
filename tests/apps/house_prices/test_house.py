"""One house: what is let in, what it becomes, what is refused and what the contract says of it."""

import csv
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from apps.house_prices.codes import CANONICAL, CODES
from apps.house_prices.house import MINIMAL_HOUSE, TYPICAL_HOUSE, House
from training.sales import sales_csv

REQUIRED = {"GrLivArea", "OverallQual", "Neighborhood", "YearBuilt"}
SALES = list(csv.DictReader(sales_csv().decode().splitlines()))
SCHEMA = House.model_json_schema()
PROPERTIES: dict[str, dict[str, Any]] = SCHEMA["properties"]
KINDS = {name: shown.get("anyOf", [shown])[0] for name, shown in PROPERTIES.items()}
CODED = [name for name, kind in KINDS.items() if "enum" in kind]
NUMBERS = [name for name in KINDS if name not in CODED]
WHOLE = [name for name, kind in KINDS.items() if kind["type"] == "integer"]


def read(**fields: object) -> House:
    """A house from JSON text: the minimal one with `fields` on top."""
    return House.model_validate_json(json.dumps(MINIMAL_HOUSE | fields))


def refusal(**fields: object) -> str:
    """What House says about the one field that it refuses."""
    with pytest.raises(ValidationError) as caught:
        read(**fields)
    (error,) = caught.value.errors()
    assert error["loc"] == tuple(fields)
    return error["msg"]


def lawful(name: str) -> st.SearchStrategy[Any]:
    """Any value that the contract allows for a column."""
    kind = KINDS[name]
    if "enum" in kind:
        values: st.SearchStrategy[Any] = st.sampled_from(kind["enum"])
    elif kind["type"] == "integer":
        values = st.integers(kind["minimum"], kind["maximum"])
    else:
        values = st.floats(kind["minimum"], kind["maximum"])
    return values if name in REQUIRED else st.none() | values


# What is let in


def test_every_sale_of_the_data_set_is_a_house() -> None:
    assert len(SALES) == 2930
    assert SALES[0].keys() >= PROPERTIES.keys()
    for row in SALES:
        sent = {name: row[name] or None for name in PROPERTIES}
        house = House.model_validate_json(json.dumps(sent))
        for name, value in house:
            assert value == (float(row[name]) if isinstance(value, int | float) else sent[name])
            # What the model was trained on needs no translation.
            assert value not in CANONICAL.get(name, {})
        assert House.model_validate_json(house.model_dump_json()) == house


@pytest.mark.parametrize(
    ("example", "sale"), [(TYPICAL_HOUSE, SALES[0]), (MINIMAL_HOUSE, SALES[1])]
)
def test_an_example_was_really_sold(example: dict[str, object], sale: dict[str, str]) -> None:
    assert {name: str(value) for name, value in example.items()}.items() <= sale.items()


@pytest.mark.parametrize("example", [TYPICAL_HOUSE, MINIMAL_HOUSE])
def test_an_example_is_a_house(example: dict[str, object]) -> None:
    house = House.model_validate_json(json.dumps(example))
    assert house.model_dump(exclude_unset=True) == example
    assert example in SCHEMA["examples"]


@given(st.fixed_dictionaries({name: lawful(name) for name in KINDS}))
def test_whatever_the_contract_allows_is_read_and_written_unchanged(fields: dict[str, Any]) -> None:
    house = House.model_validate_json(json.dumps(fields))
    assert house.model_dump() == fields
    assert House.model_validate_json(house.model_dump_json()) == house


def test_all_columns_but_four_may_be_null_or_left_out() -> None:
    assert len(PROPERTIES) == 79
    assert set(SCHEMA["required"]) == REQUIRED
    nulls = read(**dict.fromkeys(PROPERTIES.keys() - REQUIRED))
    assert nulls == House.model_validate(MINIMAL_HOUSE)
    for name in REQUIRED:
        with pytest.raises(ValidationError):
            read(**{name: None})
        with pytest.raises(ValidationError, match="Field required"):
            House.model_validate({key: MINIMAL_HOUSE[key] for key in REQUIRED - {name}})


@pytest.mark.parametrize(
    ("column", "spelling"),
    [(column, other) for column, others in CANONICAL.items() for other in others],
)
def test_another_spelling_is_read_as_it_is(column: str, spelling: str) -> None:
    assert getattr(read(**{column: spelling}), column) == spelling


@pytest.mark.parametrize(
    ("column", "sent", "read_as"),
    [
        ("YearBuilt", 1961, 1961),
        ("YearBuilt", 1961.0, 1961),
        ("YearBuilt", "1961", 1961),
        ("YearBuilt", " 1961 ", 1961),
        ("GrLivArea", 1710, 1710.0),
        ("GrLivArea", 1710.5, 1710.5),
        ("GrLivArea", "1710.5", 1710.5),
        ("LotFrontage", 65.0, 65.0),
        ("MSSubClass", 60, 60),
        ("MSSubClass", 60.0, 60),
        ("MSSubClass", "60", 60),
        ("GarageYrBlt", 2207, 2207),
        ("SaleType", "WD ", "WD"),
        ("SaleType", "WD", "WD"),
        ("MSZoning", " C (all)\t", "C (all)"),
        ("Alley", "NA", "NA"),
        ("MasVnrType", "None", "None"),
    ],
)
def test_what_a_client_sends_becomes_what_the_model_needs(
    column: str, sent: object, read_as: object
) -> None:
    value = getattr(read(**{column: sent}), column)
    assert value == read_as
    assert type(value) is type(read_as)


# What is refused


@pytest.mark.parametrize(
    ("column", "sent", "message"),
    [
        ("YearBuilt", 1961.5, "Input should be a valid integer, got a number with a fractional"),
        ("YearBuilt", "old", "Input should be a valid integer, unable to parse"),
        ("YearBuilt", 1492, "Input should be greater than or equal to 1700"),
        ("YearBuilt", [1961], "Input should be a number"),
        ("OverallQual", 11, "Input should be less than or equal to 10"),
        ("OverallQual", None, "Input should be a number"),
        ("GrLivArea", -1, "Input should be greater than or equal to 100"),
        ("GrLivArea", "wide", "Input should be a valid number, unable to parse"),
        ("GrLivArea", {}, "Input should be a number"),
        ("MSSubClass", 61, "Input should be 20, 30, 40, 45,"),
        ("Street", "Sand", "Input should be 'Pave' or 'Grvl'"),
        ("Street", "pave", "Input should be 'Pave' or 'Grvl'"),
        ("Street", 1, "Input should be a valid string"),
        ("Electrical", "NA", "Input should be 'SBrkr', 'FuseA', 'FuseF', 'FuseP' or 'Mix'"),
        ("Grlivarea", 1710, "Extra inputs are not permitted"),
    ],
)
def test_a_refusal_says_what_would_be_right(column: str, sent: object, message: str) -> None:
    assert refusal(**{column: sent}).startswith(message)


@pytest.mark.parametrize("column", CODED)
def test_an_unknown_code_is_answered_with_the_list_of_codes(column: str) -> None:
    unknown = 7 if column in WHOLE else "no such code"
    message = refusal(**{column: unknown})
    for code in KINDS[column]["enum"]:
        assert repr(code) in message


@pytest.mark.parametrize("column", KINDS)
def test_true_is_neither_a_number_nor_a_code(column: str) -> None:
    expected = "a valid string" if KINDS[column]["type"] == "string" else "a number"
    assert refusal(**{column: True}) == f"Input should be {expected}"
    assert refusal(**{column: False}) == f"Input should be {expected}"


@pytest.mark.parametrize("column", NUMBERS)
@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_number_is_finite(column: str, value: str) -> None:
    body = json.dumps(MINIMAL_HOUSE)[:-1] + f', "{column}": {value}}}'
    with pytest.raises(ValidationError) as caught:
        House.model_validate_json(body)
    assert [(error["loc"], error["msg"]) for error in caught.value.errors()] == [
        ((column,), "Input should be a finite number")
    ]


@pytest.mark.parametrize("column", NUMBERS)
def test_a_number_keeps_to_its_bounds(column: str) -> None:
    least, most = KINDS[column]["minimum"], KINDS[column]["maximum"]
    read(**{column: least})
    read(**{column: most})
    assert refusal(**{column: least - 1}).startswith("Input should be greater")
    assert refusal(**{column: most + 1}).startswith("Input should be less")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(name=st.sampled_from(list(KINDS)), value=json_values)
def test_any_value_gives_a_house_or_an_error_with_its_place(name: str, value: object) -> None:
    places = []
    try:
        house = read(**{name: value})
    except ValidationError as refused:
        places = [error["loc"] for error in refused.errors()]
        house = read()
    assert places in ([], [(name,)])
    assert House.model_validate(house.model_dump()) == house


# What the contract says


@pytest.mark.parametrize("column", PROPERTIES)
def test_the_contract_describes_every_column(column: str) -> None:
    shown = PROPERTIES[column]
    assert shown["title"] == column
    assert len(shown["description"]) > 8
    if column in NUMBERS:
        assert shown["unit"] in shown["description"]
        assert KINDS[column]["minimum"] < KINDS[column]["maximum"]
    else:
        assert column in CODES


@pytest.mark.parametrize("name", House.model_fields)
def test_a_field_works_outside_the_model(name: str) -> None:
    """FastAPI builds a type from each field on its own, where no field has a name."""
    alone = House.model_fields[name].rebuild_annotation()
    shown = TypeAdapter(alone).json_schema()
    kind = shown.get("anyOf", [shown])[0]
    for rule in ("type", "enum", "minimum", "maximum"):
        assert kind.get(rule) == KINDS[name].get(rule)


@pytest.mark.parametrize("column", CODES)
def test_the_contract_says_what_every_code_means(column: str) -> None:
    shown, kind = PROPERTIES[column], KINDS[column]
    assert shown["x-meanings"] == CODES[column]
    for code, meaning in CODES[column].items():
        assert f"`{code}`" in shown["description"]
        assert meaning in shown["description"]
    codes = kind.get("enum") or range(kind["minimum"], kind["maximum"] + 1)
    assert {str(code) for code in codes} == CODES[column].keys()
