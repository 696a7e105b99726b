/** Whether a name is a pattern: `*` stands for any letters, `?` for one. */
export const isPattern = (name: string): boolean => /[*?]/.test(name);

/** Whether an id matches a pattern. Capitals count as small letters. Takes at most pattern times id steps. */
export const fits = (id: string, pattern: string): boolean => {
  const letters = id.toLowerCase();
  const signs = pattern.toLowerCase();
  let at = 0;
  let sign = 0;
  // The place of the last star, and the end of the letters for which it stands: it takes one more when the
  // rest does not fit.
  let star = -1;
  let taken = 0;
  while (at < letters.length) {
    if (signs[sign] === '*') {
      star = sign;
      taken = at;
      sign += 1;
    } else if (signs[sign] === '?' || signs[sign] === letters[at]) {
      at += 1;
      sign += 1;
    } else if (star >= 0) {
      taken += 1;
      at = taken;
      sign = star + 1;
    } else {
      return false;
    }
  }
  return /^\**$/.test(signs.slice(sign));
};
