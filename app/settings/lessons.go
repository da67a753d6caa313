package settings

// Lessons are how far lessons were played. A lesson is named by its file, or by what the program
// calls one that is built in.
type Lessons struct{ *Store }

// Goals returns the goals of a lesson that were reached, by their sentences.
func (l Lessons) Goals(lesson string) []string { return l.StringList("lesson." + lesson) }

// SetGoals remembers them.
func (l Lessons) SetGoals(lesson string, goals []string) { l.SetStringList("lesson."+lesson, goals) }

// Page returns the page of a lesson that was read last, from 0.
func (l Lessons) Page(lesson string) int { return l.IntWithFallback("lesson.page."+lesson, 0) }

// SetPage remembers it.
func (l Lessons) SetPage(lesson string, page int) { l.SetInt("lesson.page."+lesson, page) }
