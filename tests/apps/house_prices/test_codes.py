"""The code book knows every spelling of every file, and says something about each."""

import pytest

from apps.house_prices.codes import CANONICAL, CODES
from apps.house_prices.house import House

QUALITY = "Ex Gd TA Fa Po"
PROXIMITY = "Artery Feedr Norm RRNn RRAn PosN PosA RRNe RRAe"
CLADDING = (
    "AsbShng AsphShn BrkComm BrkFace CBlock CemntBd HdBoard ImStucc MetalSd Other Plywood PreCast"
    " Stone Stucco VinylSd Wd_Sdng WdShing"
)
FINISH = "GLQ ALQ BLQ Rec LwQ Unf NA"

# The codes in the description that comes with Kaggle's tables. A blank inside a code is written _.
DESCRIBED = {
    "MSSubClass": "20 30 40 45 50 60 70 75 80 85 90 120 150 160 180 190",
    "MSZoning": "A C FV I RH RL RP RM",
    "Street": "Grvl Pave",
    "Alley": "Grvl Pave NA",
    "LotShape": "Reg IR1 IR2 IR3",
    "LandContour": "Lvl Bnk HLS Low",
    "Utilities": "AllPub NoSewr NoSeWa ELO",
    "LotConfig": "Inside Corner CulDSac FR2 FR3",
    "LandSlope": "Gtl Mod Sev",
    "Neighborhood": (
        "Blmngtn Blueste BrDale BrkSide ClearCr CollgCr Crawfor Edwards Gilbert IDOTRR MeadowV"
        " Mitchel Names NoRidge NPkVill NridgHt NWAmes OldTown SWISU Sawyer SawyerW Somerst"
        " StoneBr Timber Veenker"
    ),
    "Condition1": PROXIMITY,
    "Condition2": PROXIMITY,
    "BldgType": "1Fam 2FmCon Duplx TwnhsE TwnhsI",
    "HouseStyle": "1Story 1.5Fin 1.5Unf 2Story 2.5Fin 2.5Unf SFoyer SLvl",
    "OverallQual": "10 9 8 7 6 5 4 3 2 1",
    "OverallCond": "10 9 8 7 6 5 4 3 2 1",
    "RoofStyle": "Flat Gable Gambrel Hip Mansard Shed",
    "RoofMatl": "ClyTile CompShg Membran Metal Roll Tar&Grv WdShake WdShngl",
    "Exterior1st": CLADDING,
    "Exterior2nd": CLADDING,
    "MasVnrType": "BrkCmn BrkFace CBlock None Stone",
    "ExterQual": QUALITY,
    "ExterCond": QUALITY,
    "Foundation": "BrkTil CBlock PConc Slab Stone Wood",
    "BsmtQual": QUALITY + " NA",
    "BsmtCond": QUALITY + " NA",
    "BsmtExposure": "Gd Av Mn No NA",
    "BsmtFinType1": FINISH,
    "BsmtFinType2": FINISH,
    "Heating": "Floor GasA GasW Grav OthW Wall",
    "HeatingQC": QUALITY,
    "CentralAir": "N Y",
    "Electrical": "SBrkr FuseA FuseF FuseP Mix",
    "KitchenQual": QUALITY,
    "Functional": "Typ Min1 Min2 Mod Maj1 Maj2 Sev Sal",
    "FireplaceQu": QUALITY + " NA",
    "GarageType": "2Types Attchd Basment BuiltIn CarPort Detchd NA",
    "GarageFinish": "Fin RFn Unf NA",
    "GarageQual": QUALITY + " NA",
    "GarageCond": QUALITY + " NA",
    "PavedDrive": "Y P N",
    "PoolQC": "Ex Gd TA Fa NA",
    "Fence": "GdPrv MnPrv GdWo MnWw NA",
    "MiscFeature": "Elev Gar2 Othr Shed TenC NA",
    "SaleType": "WD CWD VWD New COD Con ConLw ConLI ConLD Oth",
    "SaleCondition": "Normal Abnorml AdjLand Alloca Family Partial",
}
# What the tables spell otherwise than the description.
TABLES = {
    "MSZoning": "C_(all) I_(all) A_(agr)",
    "Neighborhood": "NAmes Greens GrnHill Landmrk",
    "BldgType": "2fmCon Duplex Twnhs",
    "Exterior2nd": "Brk_Cmn CmentBd Wd_Shng",
}


def codes_in(line: str) -> set[str]:
    return {code.replace("_", " ") for code in line.split()}


@pytest.mark.parametrize("column", DESCRIBED)
def test_the_codes_of_every_file_are_known_and_no_others(column: str) -> None:
    files = codes_in(DESCRIBED[column]) | codes_in(TABLES.get(column, ""))
    assert files <= CODES[column].keys()
    # The outer walls take each spelling in both columns, wherever the files use it.
    assert CODES[column].keys() - files <= CANONICAL.get(column, {}).keys()


def test_the_code_book_and_the_schema_have_the_same_columns() -> None:
    assert CODES.keys() == DESCRIBED.keys()
    assert CODES.keys() <= House.model_fields.keys()


@pytest.mark.parametrize("column", CODES)
def test_every_code_is_clean_and_has_a_meaning_of_its_own(column: str) -> None:
    others = CANONICAL.get(column, {})
    for code, meaning in CODES[column].items():
        assert code == code.strip() != ""
        assert meaning == meaning.strip() != ""
    meanings = [meaning for code, meaning in CODES[column].items() if code not in others]
    assert len(set(meanings)) == len(meanings)


@pytest.mark.parametrize("column", CANONICAL)
def test_another_spelling_leads_to_a_canonical_code_of_the_same_meaning(column: str) -> None:
    for other, code in CANONICAL[column].items():
        assert code not in CANONICAL[column]
        assert CODES[column][other] == CODES[column][code]
    assert list(CODES[column])[-len(CANONICAL[column]) :] == list(CANONICAL[column])
