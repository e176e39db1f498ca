#!/usr/bin/env bash
# Does what we ship work? Builds sdist and wheel, installs each into a fresh environment, answers a
# questionnaire and reports on a round from another folder; the same with the editable install.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
python=$root/.venv/bin/python
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PYTHONDONTWRITEBYTECODE=1 # no traces in the checkout

# Uses the checklist of the environment $1 as a new user would, away from the checkout.
use() {
    local environment=$1 fresh
    fresh=$(mktemp -d "$work/user.XXXXXX")
    cd "$fresh"
    checklist() {
        env -u PYTHONPATH -u CHECKLIST_QUESTIONS -u CHECKLIST_STORE -u CHECKLIST_LANG \
            HOME="$fresh" CHECKLIST_HOME="$fresh/data" "$environment/bin/checklist" "$@"
    }
    checklist --version
    checklist questions list >list.txt
    grep -q anti-churn list.txt
    checklist run anti-churn --answers "$work/answers.json" --format json >report.json
    "$python" -c 'import json, sys
report = json.load(open("report.json", encoding="utf-8"))
sys.exit(None if report["schema"] == "checklist-report/1" else "unexpected schema")'
    checklist round open anti-churn --code smoke --team "Team:8" --keeper "Nobody, here" >code.txt
    checklist questions print --round smoke --strips 12 >strips.html
    checklist run --round smoke --answers "$work/answers.json" >result.txt
    checklist round close smoke --yes >closed.txt
    checklist report smoke --format markdown >report.md
    grep -q '^# ' report.md
    checklist round audit smoke >audit.txt
    checklist report smoke --format html --output report.html
    checklist demo --format html >demo.html
    grep -q '<h1' report.html demo.html
    checklist questions print anti-churn >sheet.html
    checklist questions new fresh >new.txt
    checklist questions check fresh.toml 2>checked.txt
}

# Installs the archive $1 into a fresh environment and uses it.
try() {
    local environment
    environment=$(mktemp -d "$work/env.XXXXXX")
    "$python" -m venv "$environment"
    "$environment/bin/python" -m pip install -q -c "$root/constraints.txt" "$1"
    (use "$environment")
}

"$python" - "$root/questions/anti-churn.toml" >"$work/answers.json" <<'END'
import json, sys, tomllib

with open(sys.argv[1], "rb") as file:
    dimensions = tomllib.load(file)["dimensions"]
print(json.dumps({"answers": {item["id"]: 2 for each in dimensions for item in each["items"]}}))
END

echo "smoke: building sdist and wheel"
"$python" -m build --outdir "$work/dist" "$root" >"$work/build.log" 2>&1 || {
    cat "$work/build.log" >&2
    exit 1
}
echo "smoke: editable install"
(use "$root/.venv")
echo "smoke: wheel"
try "$work"/dist/*.whl
echo "smoke: sdist"
try "$work"/dist/*.tar.gz
echo "smoke: all three work"
