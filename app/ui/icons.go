package ui

import (
	_ "embed"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

//go:embed icons/start.svg
var startSVG []byte

//go:embed icons/data.svg
var dataSVG []byte

//go:embed icons/build.svg
var buildSVG []byte

//go:embed icons/train.svg
var trainSVG []byte

//go:embed icons/explore.svg
var exploreSVG []byte

//go:embed icons/judge.svg
var judgeSVG []byte

//go:embed icons/runs.svg
var runsSVG []byte

//go:embed icons/dice.svg
var diceSVG []byte

//go:embed icons/across.svg
var acrossSVG []byte

//go:embed icons/down.svg
var downSVG []byte

var (
	IconAcross  = themed("across.svg", acrossSVG)
	IconDown    = themed("down.svg", downSVG)
	IconDice    = themed("dice.svg", diceSVG)
	IconStart   = themed("page-start.svg", startSVG)
	IconData    = themed("page-data.svg", dataSVG)
	IconBuild   = themed("page-build.svg", buildSVG)
	IconTrain   = themed("page-train.svg", trainSVG)
	IconExplore = themed("page-explore.svg", exploreSVG)
	IconJudge   = themed("page-judge.svg", judgeSVG)
	IconRuns    = themed("page-runs.svg", runsSVG)
)

// themed makes an icon that takes the theme's foreground colour.
func themed(name string, svg []byte) *theme.ThemedResource {
	return theme.NewThemedResource(fyne.NewStaticResource(name, svg))
}
