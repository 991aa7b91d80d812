"""Small files in publishers' own layouts, headings as published."""

import csv
import json
import zipfile
from pathlib import Path


def _cells(text: str, mark: str | None = None) -> list[str]:
    return text.split(mark)


_SPACED = {"CompanyNumber", "RegAddress.AddressLine2", "PreviousName_2.CONDATE", "ConfStmtLastMadeUpDate"} | {
    f"PreviousName_{number}.CompanyName" for number in range(1, 11)
}
_COMPANY = _cells(
    "CompanyName CompanyNumber RegAddress.CareOf RegAddress.POBox RegAddress.AddressLine1 RegAddress.AddressLine2 "
    "RegAddress.PostTown RegAddress.County RegAddress.Country RegAddress.PostCode CompanyCategory CompanyStatus "
    "CountryOfOrigin DissolutionDate IncorporationDate Accounts.AccountRefDay Accounts.AccountRefMonth "
    "Accounts.NextDueDate Accounts.LastMadeUpDate Accounts.AccountCategory Returns.NextDueDate Returns.LastMadeUpDate "
    "Mortgages.NumMortCharges Mortgages.NumMortOutstanding Mortgages.NumMortPartSatisfied Mortgages.NumMortSatisfied "
    "SICCode.SicText_1 SICCode.SicText_2 SICCode.SicText_3 SICCode.SicText_4 LimitedPartnerships.NumGenPartners "
    "LimitedPartnerships.NumLimPartners URI "
)
for _number in range(1, 11):
    _COMPANY += [f"PreviousName_{_number}.CONDATE", f"PreviousName_{_number}.CompanyName"]
_COMPANY += ["ConfStmtNextDueDate", "ConfStmtLastMadeUpDate"]

CHARITY = _cells(
    "date_of_extract organisation_number registered_charity_number linked_charity_number charity_name charity_type "
    "charity_registration_status date_of_registration date_of_removal charity_reporting_status "
    "latest_acc_fin_period_start_date latest_acc_fin_period_end_date latest_income latest_expenditure "
    "charity_contact_address1 charity_contact_address2 charity_contact_address3 charity_contact_address4 "
    "charity_contact_address5 charity_contact_postcode charity_contact_phone charity_contact_email charity_contact_web "
    "charity_company_registration_number charity_insolvent charity_in_administration charity_previously_excepted "
    "charity_is_cdf_or_cif charity_is_cio cio_is_dissolved date_cio_dissolution_notice charity_activities "
    "charity_gift_aid charity_has_land"
)
OTHER_NAMES = _cells(
    "date_of_extract organisation_number registered_charity_number linked_charity_number charity_name_id "
    "charity_name_type charity_name"
)
OSCR = _cells(
    "Charity Number,Charity Name,Registered Date,Known As,Charity Status,Notes,Postcode,Constitutional Form,"
    "Previous Constitutional Form 1,Geographical Spread,Main Operating Location,Purposes,Beneficiaries,Activities,"
    "Objectives,Principal Office/Trustees Address,Website,Most recent year income",
    ",",
)
CCNI = _cells(
    "Reg charity number,Charity name,Date registered,Status,Date for financial year ending,Total income,Public address,"
    "Website,Email,Telephone,Company number,What the charity does,Other name,Type of governing document",
    ",",
)
MUTUALS = _cells(
    "Society Number,Society Suffix,Full Registation Number,Society Name,Registered As,Society Address,"
    "Registration Date,Deregistration Date,Registration Act,Standard Industrial Classification Code (SIC),"
    "Reporting Classification,Society Status",
    ",",
)
ONSPD = _cells(
    "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,osgrdind,oshlthau,nhser,ctry,"
    "rgn,streg,pcon,eer,teclec,ttwa,pct,itl,statsward,oa01,casward,npark,lsoa01,msoa01,ur01ind,oac01,oa11,lsoa11,msoa11,"
    "wz11,sicbl,bua24,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,calncv,icb,oa21,lsoa21,msoa21",
    ",",
)
ONSPD_2026 = _cells(
    "pcd7,pcd8,pcds,dointr,doterm,cty25cd,lad25cd,wd25cd,ctry25cd,rgn25cd,lsoa11cd,lsoa21cd,lat,long,icb26cd",
    ",",
)
NSPL = _cells(
    "pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,oa21,cty,ced,laua,ward,nhser,ctry,rgn,pcon,ttwa,itl,"
    "npark,lsoa21,msoa21,wz11,sicbl,bua24,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,icb",
    ",",
)
IMD_RANK = "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)"
IMD_DECILE = "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)"


def table(path: Path, headings: list[str], *rows: dict[str, str], mark: str = ",") -> Path:
    """A csv, or a tab file, with the cells given and the others empty."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=mark)
        writer.writerow(headings)
        for row in rows:
            assert set(row) <= set(headings), set(row) - set(headings)
            writer.writerow([row.get(heading, "") for heading in headings])
    return path


def companies(path: Path, *rows: dict[str, str]) -> Path:
    """Basic company data with its stray spaces; `name`, `number` and so on are short for the published headings."""
    short = {
        "name": "CompanyName", "number": "CompanyNumber", "line": "RegAddress.AddressLine1",
        "line_2": "RegAddress.AddressLine2", "postcode": "RegAddress.PostCode", "category": "CompanyCategory",
        "status": "CompanyStatus", "sic": "SICCode.SicText_1", "was": "PreviousName_1.CompanyName",
        "was_before": "PreviousName_2.CompanyName",
    }  # fmt: skip
    plain = {"category": "Private Limited Company", "status": "Active"}
    full = [{short[key]: value for key, value in {**plain, **row}.items()} for row in rows]
    spaced = {heading: f" {heading}" if heading in _SPACED else heading for heading in _COMPANY}
    return table(path, list(spaced.values()), *({spaced[key]: value for key, value in row.items()} for row in full))


def zipped(path: Path, files: dict[str, Path]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in files.items():
            archive.write(file, name)
    return path


def as_json(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text(json.dumps(rows), encoding="utf-8-sig")
    return path
