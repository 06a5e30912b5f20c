/** Takes its time: stands in for a report that the database thinks about. */
export const slowly = <T>(value: Promise<T>, milliseconds = 1500): Promise<T> =>
  new Promise((resolve, reject) => setTimeout(() => value.then(resolve, reject), milliseconds));
