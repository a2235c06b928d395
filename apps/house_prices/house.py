"""The schema of one house: the 79 columns that the course's API knows, in its spelling.

Four of them are required. Any other may be left out or null; the model then imputes it.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic.config import JsonDict
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from apps.house_prices.codes import CANONICAL, CODES
from apps.house_prices.fields import Code, Count, Dollars, Feet, Month, Points, SquareFeet, Year

# The first sale of the data set, in the columns that people ask about first.
TYPICAL_HOUSE: JsonDict = {
    "GrLivArea": 1656,
    "OverallQual": 6,
    "Neighborhood": "NAmes",
    "YearBuilt": 1960,
    "YearRemodAdd": 1960,
    "LotArea": 31770,
    "TotalBsmtSF": 1080,
    "FirstFlrSF": 1656,
    "FullBath": 1,
    "BedroomAbvGr": 3,
    "KitchenQual": "TA",
    "Fireplaces": 2,
    "GarageCars": 2,
    "CentralAir": "Y",
}
# The least that a price can be asked for: the second sale.
MINIMAL_HOUSE: JsonDict = {
    "GrLivArea": 896,
    "OverallQual": 5,
    "Neighborhood": "NAmes",
    "YearBuilt": 1961,
}


class House(BaseModel):
    """A house in Ames, Iowa, as its assessor describes it."""

    model_config = ConfigDict(
        extra="forbid",
        allow_inf_nan=False,
        frozen=True,  # a field that is deleted and set again would stand last: see features.py
        # Pydantic's own title would be "Grlivarea".
        field_title_generator=lambda name, _: name,
        json_schema_extra={"examples": [TYPICAL_HOUSE, MINIMAL_HOUSE]},
    )

    # What the price needs to know
    GrLivArea: Annotated[float, SquareFeet("Living area above ground", 100, 20_000)]
    OverallQual: Annotated[int, Points("Quality of materials and finish", 1, 10)]
    Neighborhood: Annotated[str, Code("Neighborhood", "Part of Ames")]
    YearBuilt: Annotated[int, Year("Year of construction", 1700, 2100)]

    # What else the model reads. Many houses are read field after field, as far as the last of it.
    OverallCond: Annotated[int | None, Points("Condition of the whole house", 1, 10)] = None
    YearRemodAdd: Annotated[
        int | None, Year("Last remodelling; without one, the construction", 1700, 2100)
    ] = None
    Functional: Annotated[str | None, Code("Functional", "What hampers living in it")] = None
    LotArea: Annotated[float | None, SquareFeet("Size of the lot", 100, 2_000_000)] = None
    Condition1: Annotated[str | None, Code("Condition1", "What lies nearby")] = None
    BsmtExposure: Annotated[str | None, Code("BsmtExposure", "Basement walls at garden level")] = (
        None
    )
    BsmtFinSF1: Annotated[
        float | None, SquareFeet("Basement area with the first finish", 0, 20_000)
    ] = None
    TotalBsmtSF: Annotated[float | None, SquareFeet("Area of the whole basement", 0, 20_000)] = None
    BsmtFullBath: Annotated[int | None, Count("Full bathrooms in the basement", 0, 20)] = None
    CentralAir: Annotated[str | None, Code("CentralAir", "Central air conditioning")] = None
    FirstFlrSF: Annotated[float | None, SquareFeet("Area of the first floor", 0, 20_000)] = None
    BedroomAbvGr: Annotated[int | None, Count("Bedrooms above ground", 0, 30)] = None
    FullBath: Annotated[int | None, Count("Full bathrooms above ground", 0, 20)] = None
    HalfBath: Annotated[int | None, Count("Half bathrooms above ground", 0, 20)] = None
    KitchenAbvGr: Annotated[int | None, Count("Kitchens above ground", 0, 10)] = None
    KitchenQual: Annotated[str | None, Code("KitchenQual", "Quality of the kitchen")] = None
    Fireplaces: Annotated[int | None, Count("Fireplaces", 0, 20)] = None
    GarageCars: Annotated[int | None, Count("Cars that fit into the garage", 0, 20)] = None
    WoodDeckSF: Annotated[float | None, SquareFeet("Area of the wooden deck", 0, 10_000)] = None
    ScreenPorch: Annotated[float | None, SquareFeet("Area of the screened porch", 0, 10_000)] = None
    SaleCondition: Annotated[str | None, Code("SaleCondition", "Circumstances of the sale")] = None

    # The building
    MSSubClass: Annotated[int | None, Code("MSSubClass", "Class of dwelling")] = None
    BldgType: Annotated[str | None, Code("BldgType", "Type of dwelling")] = None
    HouseStyle: Annotated[str | None, Code("HouseStyle", "Storeys and how they are finished")] = (
        None
    )
    Foundation: Annotated[str | None, Code("Foundation", "Foundation")] = None

    # The lot
    LotFrontage: Annotated[float | None, Feet("Street along the lot", 0, 2_000)] = None
    LotShape: Annotated[str | None, Code("LotShape", "Shape of the lot")] = None
    LotConfig: Annotated[str | None, Code("LotConfig", "Streets around the lot")] = None
    LandContour: Annotated[str | None, Code("LandContour", "How level the lot is")] = None
    LandSlope: Annotated[str | None, Code("LandSlope", "Slope of the lot")] = None

    # Where it lies
    MSZoning: Annotated[str | None, Code("MSZoning", "What the area is zoned for")] = None
    Condition2: Annotated[str | None, Code("Condition2", "What else lies nearby")] = None
    Street: Annotated[str | None, Code("Street", "Surface of the street")] = None
    Alley: Annotated[str | None, Code("Alley", "Surface of the alley")] = None
    Utilities: Annotated[str | None, Code("Utilities", "Utilities at the lot")] = None

    # Roof and walls
    RoofStyle: Annotated[str | None, Code("RoofStyle", "Shape of the roof")] = None
    RoofMatl: Annotated[str | None, Code("RoofMatl", "Material of the roof")] = None
    Exterior1st: Annotated[str | None, Code("Exterior1st", "Material of the outer walls")] = None
    Exterior2nd: Annotated[
        str | None, Code("Exterior2nd", "Second material of the outer walls")
    ] = None
    MasVnrType: Annotated[str | None, Code("MasVnrType", "Masonry veneer")] = None
    MasVnrArea: Annotated[float | None, SquareFeet("Area of masonry veneer", 0, 10_000)] = None
    ExterQual: Annotated[str | None, Code("ExterQual", "Quality of the outer walls")] = None
    ExterCond: Annotated[str | None, Code("ExterCond", "Condition of the outer walls")] = None

    # The basement
    BsmtQual: Annotated[str | None, Code("BsmtQual", "Height of the basement")] = None
    BsmtCond: Annotated[str | None, Code("BsmtCond", "Condition of the basement")] = None
    BsmtFinType1: Annotated[str | None, Code("BsmtFinType1", "First finish of the basement")] = None
    BsmtFinType2: Annotated[str | None, Code("BsmtFinType2", "Second finish of the basement")] = (
        None
    )
    BsmtFinSF2: Annotated[
        float | None, SquareFeet("Basement area with the second finish", 0, 20_000)
    ] = None
    BsmtUnfSF: Annotated[float | None, SquareFeet("Unfinished basement area", 0, 20_000)] = None
    BsmtHalfBath: Annotated[int | None, Count("Half bathrooms in the basement", 0, 20)] = None

    # Heating and wiring
    Heating: Annotated[str | None, Code("Heating", "Kind of heating")] = None
    HeatingQC: Annotated[str | None, Code("HeatingQC", "Quality and condition of the heating")] = (
        None
    )
    Electrical: Annotated[str | None, Code("Electrical", "Electrical system")] = None

    # Floors and rooms above ground
    SecondFlrSF: Annotated[float | None, SquareFeet("Area of the second floor", 0, 20_000)] = None
    LowQualFinSF: Annotated[
        float | None, SquareFeet("Area finished in low quality, all floors", 0, 20_000)
    ] = None
    TotRmsAbvGrd: Annotated[int | None, Count("Rooms above ground, without bathrooms", 1, 60)] = (
        None
    )
    FireplaceQu: Annotated[str | None, Code("FireplaceQu", "Quality of the fireplaces")] = None

    # The garage and the drive. One garage of the data set was "built" in 2207: it is let in.
    GarageType: Annotated[str | None, Code("GarageType", "Where the garage is")] = None
    GarageYrBlt: Annotated[int | None, Year("Year of construction of the garage", 1700, 2207)] = (
        None
    )
    GarageFinish: Annotated[str | None, Code("GarageFinish", "Finish inside the garage")] = None
    GarageArea: Annotated[float | None, SquareFeet("Area of the garage", 0, 10_000)] = None
    GarageQual: Annotated[str | None, Code("GarageQual", "Quality of the garage")] = None
    GarageCond: Annotated[str | None, Code("GarageCond", "Condition of the garage")] = None
    PavedDrive: Annotated[str | None, Code("PavedDrive", "Surface of the drive")] = None

    # Outside the house
    OpenPorchSF: Annotated[float | None, SquareFeet("Area of the open porch", 0, 10_000)] = None
    EnclosedPorch: Annotated[float | None, SquareFeet("Area of the enclosed porch", 0, 10_000)] = (
        None
    )
    ThreeSsnPortch: Annotated[
        float | None, SquareFeet("Area of the three-season porch", 0, 10_000)
    ] = None
    PoolArea: Annotated[float | None, SquareFeet("Area of the pool", 0, 10_000)] = None
    PoolQC: Annotated[str | None, Code("PoolQC", "Quality of the pool")] = None
    Fence: Annotated[str | None, Code("Fence", "Quality of the fence")] = None
    MiscFeature: Annotated[str | None, Code("MiscFeature", "Feature not listed elsewhere")] = None
    MiscVal: Annotated[float | None, Dollars("Value of that feature", 0, 1_000_000)] = None

    # The sale
    MoSold: Annotated[int | None, Month("Month of the sale", 1, 12)] = None
    YrSold: Annotated[int | None, Year("Year of the sale", 1900, 2100)] = None
    SaleType: Annotated[str | None, Code("SaleType", "Kind of sale")] = None

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Add what the codes mean, for people to the description and for programs to x-meanings."""
        contract = handler(schema)
        properties = handler.resolve_ref_schema(contract)["properties"]
        for column, codes in CODES.items():
            others = CANONICAL.get(column, {})
            meanings = [f"`{code}` {codes[code]}" for code in codes if code not in others]
            spellings = [f"`{other}` for `{code}`" for other, code in others.items()]
            properties[column]["description"] += " " + "; ".join(meanings) + "."
            if spellings:
                properties[column]["description"] += " Also read: " + ", ".join(spellings) + "."
            properties[column]["x-meanings"] = dict(codes)
        return contract
