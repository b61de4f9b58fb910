// What a reader throws where bytes are not what the format asks for. It carries words for people; whoever
// catches it knows the claim and the entry.

export class Refused extends Error {}

export function need(condition, message) {
  if (!condition) throw new Refused(message);
}

// Runs a check; the words of the refusal, or null. Anything else that is thrown is a fault of this program
// and goes on.
export function refusalOf(check) {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}
