package app

import (
	"ganvas/app/studio"
	"ganvas/engine/session"
)

// pageOfView is the page that each of lesson.Views is on.
var pageOfView = map[string]pageID{
	"data": pageData, "build": pageBuild, "train": pageTrain, "board": pageTrain, "game": pageTrain, "explore": pageExplore, "judge": pageJudge, "runs": pageRuns,
}

// viewsNow returns the names, for goals of lessons, of what is shown: the page and which of its views.
func (a *App) viewsNow() []string {
	switch a.page {
	case pageData:
		return []string{"data"}
	case pageBuild:
		return []string{"build"}
	case pageTrain:
		if a.train.GameShown() {
			return []string{"train", "game"}
		}
		return []string{"train", "board"}
	case pageExplore:
		return []string{"explore"}
	case pageJudge:
		return []string{"judge"}
	case pageRuns:
		return []string{"runs"}
	}
	return nil
}

// wireLessons tells lessons what happens on the pages, and has pages do what lessons say.
func (a *App) wireLessons() {
	l := a.lessons
	l.OnShow = func(view string) {
		if page, ok := pageOfView[view]; ok {
			a.show(page)
			if view == "board" || view == "game" {
				a.train.ShowGame(view == "game")
			}
		}
	}
	l.OnTrain = a.ask.train
	l.OnStep = func() { a.step((*session.Session).StepBoth) }
	a.explore.OnSaved = func() { l.Count("saved") }
	a.explore.OnPinned = func() { l.Count("pinned") }
	a.judge.OnJudged = func() { l.Count("judged") }
	a.judge.OnGuessed = func() { l.Count("guessed") }
	a.pages.turned = func() { l.Shows(a.viewsNow()...) }
	a.train.OnView = func(game bool) {
		a.prefs.SetBool("game", game)
		l.Shows(a.viewsNow()...)
	}
}

// step has the plan take a single step.
func (a *App) step(how studio.How) {
	a.lessons.Count("stepped")
	a.ask.start(how)
}
