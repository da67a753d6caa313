// Package runspage is the page of the runs of a project: what each is, how they differ, and several
// beside one another.
package runspage
