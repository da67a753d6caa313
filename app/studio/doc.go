// Package studio is what the window works on: the plan with its undo, the data, the run under way,
// and the work beside it. It knows no window. What it has to say it says as events; what it cannot
// decide, such as whether a run that was trained is put aside, it gives back as an answer or asks,
// and whoever shows it turns that into a dialog. It trains nothing itself: engine/session does.
package studio
