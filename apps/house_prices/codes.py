"""The code book: what the codes of the 46 enumerated columns of the Ames data mean.

The facts come from the documentation of the data set (Dean De Cock, "Ames, Iowa: Alternative to the
Boston Housing Data", Journal of Statistics Education 19:3, 2011); the wording is ours.

Three files of the same houses spell some codes differently: the data set itself, the two tables of
Kaggle's "House Prices" competition, and the description that comes with them. `CODES` knows every
spelling. `CANONICAL` leads from the others to the data set's own, which the model was trained on.

Scales of quality run from best to worst. "NA" is a code like any other: the house has none of it.
That is not the same as null, which says that nobody knows.
"""

from collections.abc import Mapping
from typing import Final

Codes = Mapping[str, str]  # a code -> what it means

_RATING: Final[Codes] = {
    "10": "very excellent",
    "9": "excellent",
    "8": "very good",
    "7": "good",
    "6": "above average",
    "5": "average",
    "4": "below average",
    "3": "fair",
    "2": "poor",
    "1": "very poor",
}
_QUALITY: Final[Codes] = {
    "Ex": "excellent",
    "Gd": "good",
    "TA": "typical, average",
    "Fa": "fair",
    "Po": "poor",
}
_PROXIMITY: Final[Codes] = {
    "Norm": "nothing of note nearby",
    "Artery": "beside an arterial street",
    "Feedr": "beside a feeder street",
    "PosA": "beside something pleasant, such as a park",
    "PosN": "near something pleasant, such as a park",
    "RRAn": "beside a north-south railway",
    "RRNn": "within 200 ft of a north-south railway",
    "RRAe": "beside an east-west railway",
    "RRNe": "within 200 ft of an east-west railway",
}
_BASEMENT_FINISH: Final[Codes] = {
    "GLQ": "good living quarters",
    "ALQ": "average living quarters",
    "BLQ": "below-average living quarters",
    "Rec": "average recreation room",
    "LwQ": "low quality",
    "Unf": "unfinished",
    "NA": "no basement",
}
_PAVING: Final[Codes] = {"Pave": "paved", "Grvl": "gravel"}


def _cladding(brick: str, cement: str, shingles: str) -> Codes:
    """The materials of the outer walls. The data set spells three of them by column."""
    return {
        "VinylSd": "vinyl siding",
        "MetalSd": "metal siding",
        "HdBoard": "hardboard",
        "Wd Sdng": "wood siding",
        "Plywood": "plywood",
        cement: "fibre-cement board",
        "BrkFace": "face brick",
        shingles: "wood shingles",
        "AsbShng": "asbestos shingles",
        "Stucco": "stucco",
        brick: "common brick",
        "AsphShn": "asphalt shingles",
        "CBlock": "cinder block",
        "Stone": "stone",
        "ImStucc": "imitation stucco",
        "PreCast": "precast concrete",
        "Other": "another material",
    }


# The data set's own spellings, without the blanks that surround some of them in the files.
_DATA_SET: Final[Mapping[str, Codes]] = {
    # Whole numbers in the data. Text here, as the keys of a JSON object are.
    "MSSubClass": {
        "20": "one storey, built 1946 or later",
        "30": "one storey, built 1945 or earlier",
        "40": "one storey with a finished attic",
        "45": "one and a half storeys, upper one unfinished",
        "50": "one and a half storeys, upper one finished",
        "60": "two storeys, built 1946 or later",
        "70": "two storeys, built 1945 or earlier",
        "75": "two and a half storeys",
        "80": "split or multi-level",
        "85": "split foyer",
        "90": "duplex",
        "120": "one storey in a planned development, built 1946 or later",
        "150": "one and a half storeys in a planned development",
        "160": "two storeys in a planned development, built 1946 or later",
        "180": "multi-level or split in a planned development",
        "190": "house converted for two families",
    },
    "OverallQual": _RATING,
    "OverallCond": _RATING,
    # The lot and where it lies
    "MSZoning": {
        "RL": "housing, low density",
        "RM": "housing, medium density",
        "RH": "housing, high density",
        "RP": "housing, low density, in a park",
        "FV": "floating village housing",
        "C (all)": "commercial",
        "I (all)": "industrial",
        "A (agr)": "farming",
    },
    "Street": _PAVING,
    "Alley": {**_PAVING, "NA": "no alley"},
    "LotShape": {
        "Reg": "regular",
        "IR1": "slightly irregular",
        "IR2": "moderately irregular",
        "IR3": "irregular",
    },
    "LandContour": {
        "Lvl": "level",
        "Bnk": "banked, rising quickly from the street",
        "HLS": "hillside, sloping from side to side",
        "Low": "in a hollow",
    },
    "Utilities": {
        "AllPub": "electricity, gas, water and sewer",
        "NoSewr": "electricity, gas and water; septic tank",
        "NoSeWa": "electricity and gas only",
        "ELO": "electricity only",
    },
    "LotConfig": {
        "Inside": "between other lots",
        "Corner": "on a corner",
        "CulDSac": "on a cul-de-sac",
        "FR2": "streets on two sides",
        "FR3": "streets on three sides",
    },
    "LandSlope": {"Gtl": "gentle", "Mod": "moderate", "Sev": "severe"},
    "Neighborhood": {
        "Blmngtn": "Bloomington Heights",
        "Blueste": "Bluestem",
        "BrDale": "Briardale",
        "BrkSide": "Brookside",
        "ClearCr": "Clear Creek",
        "CollgCr": "College Creek",
        "Crawfor": "Crawford",
        "Edwards": "Edwards",
        "Gilbert": "Gilbert",
        "Greens": "Greens",
        "GrnHill": "Green Hills",
        "IDOTRR": "Iowa Department of Transportation and railway",
        "Landmrk": "Landmark",
        "MeadowV": "Meadow Village",
        "Mitchel": "Mitchell",
        "NAmes": "North Ames",
        "NoRidge": "Northridge",
        "NPkVill": "Northpark Villa",
        "NridgHt": "Northridge Heights",
        "NWAmes": "Northwest Ames",
        "OldTown": "Old Town",
        "Sawyer": "Sawyer",
        "SawyerW": "Sawyer West",
        "Somerst": "Somerset",
        "StoneBr": "Stone Brook",
        "SWISU": "south and west of Iowa State University",
        "Timber": "Timberland",
        "Veenker": "Veenker",
    },
    "Condition1": _PROXIMITY,
    "Condition2": _PROXIMITY,
    # The building
    "BldgType": {
        "1Fam": "detached, one family",
        "2fmCon": "built for one family, converted for two",
        "Duplex": "duplex",
        "TwnhsE": "townhouse at the end of a row",
        "Twnhs": "townhouse inside a row",
    },
    "HouseStyle": {
        "1Story": "one storey",
        "1.5Fin": "one and a half storeys, upper one finished",
        "1.5Unf": "one and a half storeys, upper one unfinished",
        "2Story": "two storeys",
        "2.5Fin": "two and a half storeys, upper one finished",
        "2.5Unf": "two and a half storeys, upper one unfinished",
        "SFoyer": "split foyer",
        "SLvl": "split level",
    },
    "RoofStyle": {
        "Gable": "gable",
        "Hip": "hip",
        "Gambrel": "gambrel, as on a barn",
        "Mansard": "mansard",
        "Shed": "shed, sloping one way",
        "Flat": "flat",
    },
    "RoofMatl": {
        "CompShg": "composite shingles, the usual kind",
        "ClyTile": "clay tiles",
        "Membran": "membrane",
        "Metal": "metal",
        "Roll": "roll roofing",
        "Tar&Grv": "tar and gravel",
        "WdShake": "wood shakes",
        "WdShngl": "wood shingles",
    },
    "Exterior1st": _cladding(brick="BrkComm", cement="CemntBd", shingles="WdShing"),
    "Exterior2nd": _cladding(brick="Brk Cmn", cement="CmentBd", shingles="Wd Shng"),
    "MasVnrType": {
        "None": "no masonry veneer",
        "BrkFace": "face brick",
        "BrkCmn": "common brick",
        "CBlock": "cinder block",
        "Stone": "stone",
    },
    "ExterQual": _QUALITY,
    "ExterCond": _QUALITY,
    "Foundation": {
        "PConc": "poured concrete",
        "CBlock": "cinder block",
        "BrkTil": "brick and tile",
        "Slab": "slab",
        "Stone": "stone",
        "Wood": "wood",
    },
    # The basement
    "BsmtQual": {
        "Ex": "excellent, 100 in or higher",
        "Gd": "good, 90 to 99 in",
        "TA": "typical, 80 to 89 in",
        "Fa": "fair, 70 to 79 in",
        "Po": "poor, lower than 70 in",
        "NA": "no basement",
    },
    "BsmtCond": {
        "Ex": "excellent",
        "Gd": "good",
        "TA": "typical, slightly damp at most",
        "Fa": "fair, some damp, cracks or settling",
        "Po": "poor, bad cracks, settling or wet",
        "NA": "no basement",
    },
    "BsmtExposure": {
        "Gd": "good",
        "Av": "average",
        "Mn": "minimal",
        "No": "none",
        "NA": "no basement",
    },
    "BsmtFinType1": _BASEMENT_FINISH,
    "BsmtFinType2": _BASEMENT_FINISH,
    # Heating, wiring, rooms
    "Heating": {
        "GasA": "gas, warm air",
        "GasW": "gas, hot water or steam",
        "OthW": "hot water or steam, not by gas",
        "Grav": "gravity furnace",
        "Wall": "wall furnace",
        "Floor": "floor furnace",
    },
    "HeatingQC": _QUALITY,
    "CentralAir": {"Y": "yes", "N": "no"},
    "Electrical": {
        "SBrkr": "circuit breakers",
        "FuseA": "fuse box over 60 A, modern sheathed cable",
        "FuseF": "60 A fuse box, mostly modern sheathed cable",
        "FuseP": "60 A fuse box, mostly bare wires on knobs and tubes",
        "Mix": "mixed",
    },
    "KitchenQual": _QUALITY,
    "Functional": {
        "Typ": "typical",
        "Min1": "minor drawbacks, first degree",
        "Min2": "minor drawbacks, second degree",
        "Mod": "moderate drawbacks",
        "Maj1": "major drawbacks, first degree",
        "Maj2": "major drawbacks, second degree",
        "Sev": "severely damaged",
        "Sal": "fit for salvage only",
    },
    "FireplaceQu": {
        "Ex": "excellent, exceptional masonry",
        "Gd": "good, masonry on the main floor",
        "TA": "average, prefabricated in the living area or masonry in the basement",
        "Fa": "fair, prefabricated in the basement",
        "Po": "poor, a Franklin stove",
        "NA": "no fireplace",
    },
    # The garage and the drive
    "GarageType": {
        "Attchd": "attached to the house",
        "BuiltIn": "built into the house, usually with a room above",
        "Basment": "in the basement",
        "Detchd": "detached",
        "CarPort": "car port",
        "2Types": "more than one type",
        "NA": "no garage",
    },
    "GarageFinish": {
        "Fin": "finished",
        "RFn": "roughly finished",
        "Unf": "unfinished",
        "NA": "no garage",
    },
    "GarageQual": {**_QUALITY, "NA": "no garage"},
    "GarageCond": {**_QUALITY, "NA": "no garage"},
    "PavedDrive": {"Y": "paved", "P": "partly paved", "N": "dirt or gravel"},
    # Outside the house
    "PoolQC": {
        "Ex": "excellent",
        "Gd": "good",
        "TA": "typical, average",
        "Fa": "fair",
        "NA": "no pool",
    },
    "Fence": {
        "GdPrv": "good privacy",
        "MnPrv": "minimal privacy",
        "GdWo": "good wood",
        "MnWw": "minimal wood or wire",
        "NA": "no fence",
    },
    "MiscFeature": {
        "Elev": "lift",
        "Gar2": "second garage",
        "Othr": "something else",
        "Shed": "shed over 100 sq ft",
        "TenC": "tennis court",
        "NA": "none",
    },
    # The sale
    "SaleType": {
        "WD": "warranty deed, conventional loan",
        "CWD": "warranty deed, cash",
        "VWD": "warranty deed, loan for veterans",
        "New": "just built and sold",
        "COD": "court officer's deed or estate",
        "Con": "contract, 15 % down, regular terms",
        "ConLw": "contract, low down payment and low interest",
        "ConLI": "contract, low interest",
        "ConLD": "contract, low down payment",
        "Oth": "other",
    },
    "SaleCondition": {
        "Normal": "normal",
        "Abnorml": "abnormal: trade, foreclosure or short sale",
        "AdjLand": "bought by the neighbouring lot",
        "Alloca": "two linked properties with separate deeds",
        "Family": "between family members",
        "Partial": "not finished when last assessed, as new homes are",
    },
}

CANONICAL: Final[Mapping[str, Codes]] = {
    "MSZoning": {"C": "C (all)", "I": "I (all)", "A": "A (agr)"},
    "Neighborhood": {"Names": "NAmes"},
    "BldgType": {"2FmCon": "2fmCon", "Duplx": "Duplex", "TwnhsI": "Twnhs"},
    "Exterior1st": {
        "Brk Cmn": "BrkComm",
        "CmentBd": "CemntBd",
        "Wd Shng": "WdShing",
        "WdShng": "WdShing",
    },
    "Exterior2nd": {
        "BrkComm": "Brk Cmn",
        "CemntBd": "CmentBd",
        "WdShing": "Wd Shng",
        "WdShng": "Wd Shng",
    },
}
"""Column -> another spelling -> the data set's spelling. A code that is not listed is canonical."""

CODES: Final[Mapping[str, Codes]] = {
    column: codes | {other: codes[code] for other, code in CANONICAL.get(column, {}).items()}
    for column, codes in ((name, dict(known)) for name, known in _DATA_SET.items())
}
"""Column -> code -> what it means, with every spelling; the data set's spellings come first."""
