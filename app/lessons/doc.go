// Package lessons shows a lesson in a column beside the pages: its text, its goals with ticks, and
// buttons. It opens the lesson's recipe, keeps the settings that the lesson needs, and remembers
// what was reached. It knows no page: the window tells it what happens on them.
package lessons
