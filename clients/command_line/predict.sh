#!/bin/sh
# Price a house with curl.
#
#     clients/command_line/predict.sh http://127.0.0.1:8000
#     clients/command_line/predict.sh http://127.0.0.1:8000 '{"GrLivArea": 896, "OverallQual": 5,
#         "Neighborhood": "NAmes", "YearBuilt": 1961}'
#
# Prints the answer. When the server refuses, prints status and reasons on standard error and ends
# with 1. Without an answer, curl says why and this ends with curl's own status: 7 is a refused
# connection, 28 a time-out.

url=${1:-http://127.0.0.1:8000}
house=${2:-'{"GrLivArea": 896, "OverallQual": 5, "Neighborhood": "NAmes", "YearBuilt": 1961}'}

# The last line is the status: --fail would end with an error and hide the document that explains it.
answer=$(curl --silent --show-error --max-time 10 --write-out '\n%{http_code}' \
    --header 'Content-Type: application/json' --data "{\"inputs\": [$house]}" \
    "$url/api/v1/predict") || exit

status=${answer##*
}
body=${answer%
*}
if [ "$status" = 200 ]; then
    echo "$body"
    exit
fi

# The document is one line of JSON. A line of text for each of its details and messages reads better.
echo "status $status" >&2
echo "$body" | grep -oE '"(detail|msg)":"([^"\\]|\\.)*"' | sed -E 's/^"[a-z]+":"(.*)"$/  \1/' >&2
exit 1
