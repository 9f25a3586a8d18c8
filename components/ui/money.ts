const hoursPerMonth = 730;

/** US dollars an hour: at least two digits after the point, at most four. */
export const perHour = (dollars: number): string => `$${dollars.toFixed(4).replace(/0{1,2}$/, "")}`;

/** What an hourly price is in a month of 730 hours, in US dollars. */
export const perMonth = (dollarsAnHour: number): string => monthly(dollarsAnHour * hoursPerMonth);

/** US dollars a month. */
export const monthly = (dollars: number): string => `$${dollars.toFixed(2)} a month`;

/** US dollars: cents below a hundred, whole dollars with separators from there. */
export const dollars = (amount: number): string =>
  `$${amount.toLocaleString("en-US", amount < 100 ? { minimumFractionDigits: 2, maximumFractionDigits: 2 } : { maximumFractionDigits: 0 })}`;
