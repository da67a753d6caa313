// Package judgepage is the page that says what samples are worth: beside held-out items, over the run,
// in a game, and beside published tables. It measures nothing: engine/judge does.
package judgepage
