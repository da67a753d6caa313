package app

import (
	"ganvas/app/studio"
	"ganvas/engine/session"
)

// pageOfView is the page that each of lesson.Views is on.
var pageOfView = map[string]pageID{
	"data": pageData, "build": pageBuild, "start": pageStart, "train": pageTrain, "board": pageTrain, "game": pageTrain, "explore": pageExplore, "judge": pageJudge, "runs": pageRuns,
}

// pageViews are the names of the pages for goals of lessons.
var pageViews = map[pageID]string{
	pageStart: "start", pageData: "data", pageBuild: "build", pageTrain: "train", pageExplore: "explore", pageJudge: "judge", pageRuns: "runs",
}

// viewsNow returns the names, for goals of lessons, of what is shown: the page and which of its views.
func viewsNow(a *App) []string {
	switch {
	case a.others.Content().Visible():
		return []string{"other-ways"}
	case a.page != pageTrain:
		return []string{pageViews[a.page]}
	case a.train.GameShown():
		return []string{"train", "game"}
	}
	return []string{"train", "board"}
}

// layerOfName is what lessons call each layer of the Train page.
var layerOfName = map[string]string{
	"Real": "real", "Generated": "fake", "D's heat-map": "heat-map", "Manifold": "manifold", "Arrows": "arrows", "Best D": "optimal-d", "Density": "density",
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
			return
		}
		a.showOthers() // the one view that is on no page
	}
	l.OnTrain = a.ask.train
	a.start.SetLessons(l.ShowList)
	l.OnStep = func() { a.step((*session.Session).StepBoth) }
	a.explore.OnSaved = func() { l.Count("saved") }
	a.explore.OnPinned = func() { l.Count("pinned") }
	a.judge.OnJudged = func() { l.Count("judged") }
	a.judge.OnGuessed = func() { l.Count("guessed") }
	a.train.OnLayers = func(names []string) {
		var layers []string
		for _, name := range names {
			layers = append(layers, layerOfName[name])
		}
		l.ShowsLayers(layers...)
	}
	a.others.OnDone = l.Count
	a.pages.turned = func() { l.Shows(viewsNow(a)...) }
	a.train.OnView = func(game bool) {
		a.prefs.SetBool("game", game)
		l.Shows(viewsNow(a)...)
	}
}

// step has the plan take a single step.
func (a *App) step(how studio.How) {
	a.lessons.Count("stepped")
	a.ask.start(how)
}
