// The states that this verifier folds.

export const newProjections = () => [];
