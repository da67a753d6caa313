package finder

import (
	"errors"

	"github.com/ebitengine/purego/objc"
)

// replySuccess is NSApplicationDelegateReplySuccess of AppKit.
const replySuccess = 0

// Listen returns the inbox of the program. It adds application:openFiles: of NSApplicationDelegate
// to the delegate that GLFW makes, which has no such method. It must be called once, before the
// window's driver begins: the event for the file that started the program comes while that does.
func Listen() (*Inbox, error) {
	class := objc.GetClass(delegateClass)
	if class == 0 {
		return nil, errors.New("listen to the Finder: the program has no class " + delegateClass)
	}
	inbox := new(Inbox)
	openFiles := objc.NewIMP(func(_ objc.ID, _ objc.SEL, application, names objc.ID) {
		inbox.put(paths(names))
		application.Send(objc.RegisterName("replyToOpenOrPrint:"), replySuccess)
	})
	if !class.AddMethod(objc.RegisterName("application:openFiles:"), openFiles, "v@:@@") {
		return nil, errors.New("listen to the Finder: " + delegateClass + " takes files already")
	}
	return inbox, nil
}

// paths returns the strings of an NSArray.
func paths(names objc.ID) []string {
	var list []string
	count := objc.Send[uint](names, objc.RegisterName("count"))
	for i := range count {
		name := names.Send(objc.RegisterName("objectAtIndex:"), i)
		list = append(list, objc.Send[string](name, objc.RegisterName("UTF8String")))
	}
	return list
}
