// Package trainpage is the page that shows a run as it goes on: charts, what the generator makes now,
// the doctor's words, and the settings that can be changed meanwhile.
package trainpage
