package datasets

import (
	"context"

	"ganvas/datasets/internal/health"
)

// Finding is something about a set that whoever trains on it should know.
type Finding = health.Finding

// Examine looks at every item of a set, on all processors, and returns what it found, the gravest
// first. Pictures are judged as the network gets them. progress, which may be nil, is told how many
// items are done. The error is ctx's.
func Examine(ctx context.Context, set Set, progress func(done, total int)) ([]Finding, error) {
	return health.Examine(ctx, set, progress)
}

// ExamineTable returns what is to be said of a table's columns, the gravest first. Count is a
// number of columns, Items their places; it looks at no rows beyond what info holds.
func ExamineTable(info Info) []Finding { return health.ExamineTable(info) }

// Measures are what pictures can be sorted by, by item.
type Measures = health.Measures

// Measure looks at every item of a set of pictures, on all processors. progress, which may be nil,
// is told how many items are done. The error is ctx's.
func Measure(ctx context.Context, set Set, progress func(done, total int)) (*Measures, error) {
	return health.Measure(ctx, set, progress)
}

// Split divides a set: a tenth of it, or 500 items where these are at most half, is held out and
// serves to judge what was learnt. What goes where depends on content alone, not on names or order,
// and copies, near copies included, stay on one side. Both parts are in the order of the set.
// progress, which may be nil, is told how many items were looked at; the error is ctx's.
func Split(ctx context.Context, set Set, progress func(done, total int)) (train, heldOut *Subset, err error) {
	return health.Split(ctx, set, progress)
}

// SplitShare is Split with another share than a tenth; 0 is a tenth.
func SplitShare(ctx context.Context, set Set, share float64, progress func(done, total int)) (train, heldOut *Subset, err error) {
	return health.SplitShare(ctx, set, share, progress)
}
