// States that this verifier folds itself, against what the source, a pin or the log states of them
// (docs/format.md section 11, step 14).

export async function judgeStates(tree, pin, run, report, steps) {
  report.leave("projections", "this page folds no state yet");
}
