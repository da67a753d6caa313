package app

import (
	"ganvas/app/studio"
	"ganvas/engine/session"
)

// pageOfView is the page that each of lesson.Views is on.
var pageOfView = map[string]pageID{
	"data": pageData, "build": pageBuild, "train": pageTrain, "board": pageTrain, "game": pageTrain, "explore": pageExplore, "judge": pageJudge,
}

// pageViews are the names of the pages for goals of lessons.
var pageViews = []string{"data", "build", "train", "explore", "judge"}

// wireLessons tells lessons what happens on the pages, and has pages do what lessons say.
func (a *App) wireLessons() {
	l := a.lessons
	l.OnShow = func(view string) {
		if page, ok := pageOfView[view]; ok {
			a.show(page)
		}
	}
	l.OnTrain = a.ask.train
	l.OnStep = func() { a.step((*session.Session).StepBoth) }
	a.explore.OnSaved = func() { l.Count("saved") }
	a.explore.OnPinned = func() { l.Count("pinned") }
	a.judge.OnJudged = func() { l.Count("judged") }
	a.judge.OnGuessed = func() { l.Count("guessed") }
	a.pages.turned = func() { l.Shows(pageViews[a.page]) }
}

// step has the plan take a single step.
func (a *App) step(how studio.How) {
	a.lessons.Count("stepped")
	a.ask.start(how)
}
