package app

// undoHere takes back the newest move on Explore, on other pages the newest edit of the plan.
func (a *App) undoHere() {
	if a.page == pageExplore {
		a.explore.undo()
		return
	}
	a.undo()
}

// redoHere does again what undoHere took back.
func (a *App) redoHere() {
	if a.page == pageExplore {
		a.explore.redo()
		return
	}
	a.redo()
}

// editLabels returns what undoHere and redoHere would take back and do again, empty where there is
// nothing.
func (a *App) editLabels() (undo, redo string) {
	if a.page == pageExplore {
		return a.explore.trail.labels()
	}
	return a.plan.labels()
}
