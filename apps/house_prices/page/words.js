// A sum of dollars in figures and in words.

const SMALL = (
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen " +
  "sixteen seventeen eighteen nineteen"
).split(" ");
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

const figures = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: "USD",
  maximumFractionDigits: 0,
});

/** 174212.4 is "$174,212". */
export function inFigures(dollars) {
  return figures.format(dollars);
}

/** 174212 is "about one hundred and seventy-four thousand dollars". */
export function inWords(dollars) {
  const thousands = Math.round(dollars / 1000);
  return `about ${thousands ? `${spell(thousands)} thousand` : "no"} dollars`;
}

/** A whole number from 1 to 999,999. */
function spell(count) {
  if (count < 20) return SMALL[count];
  if (count < 100) return TENS[Math.floor(count / 10) - 2] + (count % 10 ? `-${SMALL[count % 10]}` : "");
  const [unit, name] = count < 1000 ? [100, "hundred"] : [1000, "thousand"];
  const rest = count % unit;
  const joint = rest < 100 ? " and " : " ";
  return `${spell(Math.floor(count / unit))} ${name}${rest ? joint + spell(rest) : ""}`;
}
