"""The workbook as a website that can be read offline: `make site` builds it in build/site."""
