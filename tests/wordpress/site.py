"""The files that turn Debian's WordPress into one for tests: settings, first start, rules."""

CONFIG = """<?php
define('DB_NAME', 'wp');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{socket}');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {{
    define($name . '_KEY', 'only for tests');
    define($name . '_SALT', 'only for tests');
}}
define('WP_HOME', '{url}');
define('WP_SITEURL', '{url}');
define('WP_ENVIRONMENT_TYPE', 'local'); // application passwords without TLS
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEBUG', false);
define('WP_DEFAULT_THEME', 'plain');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) {{
    define('ABSPATH', __DIR__ . '/');
}}
require_once ABSPATH . 'wp-settings.php';
"""

# No mail leaves, and a test may write faster than a person.
RULES = """<?php
add_filter('pre_wp_mail', '__return_true');
add_filter('comment_flood_filter', '__return_false', 99);
add_filter('wp_is_application_passwords_available', '__return_true');
"""

# Prints the application passwords: of our own account, of one who may not moderate, of an editor.
SETUP = """<?php
define('WP_INSTALLING', true);
require __DIR__ . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Övningsbloggen', 'torget', 'torget@example.test', false, '', 'only-for-tests');
$GLOBALS['wp_rewrite']->set_permalink_structure('/%postname%/');
update_option('timezone_string', 'Europe/Stockholm');
update_option('comment_moderation', 0);
update_option('comment_previously_approved', 0);
update_option('comments_notify', 0);
update_option('moderation_notify', 0);
update_option('close_comments_for_old_posts', 0);
flush_rewrite_rules();
$reader = wp_insert_user(['user_login' => 'lasare', 'user_pass' => 'x', 'role' => 'subscriber',
    'user_email' => 'lasare@example.test']);
// Who wrote what was there before Torget came.
$editor = wp_insert_user(['user_login' => 'redaktor', 'user_pass' => 'x', 'role' => 'editor',
    'user_email' => 'redaktor@example.test']);
foreach ([1, $reader, $editor] as $user) {
    echo WP_Application_Passwords::create_new_application_password(
        $user, ['name' => 'torget'])[0], "\\n";
}
"""

ROUTER = """<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== '/' && is_file(__DIR__ . $path)) {
    return false;
}
require __DIR__ . '/index.php';
"""

# Debian's WordPress brings no theme. WordPress itself chooses what is shown.
THEME = {
    "style.css": "/*\nTheme Name: Plain\n*/",
    "index.php": """<?php
while (have_posts()) {
    the_post();
    the_title('<h1>', '</h1>');
    the_content();
    comments_template();
}
""",
    "comments.php": """<?php
echo '<ol>';
wp_list_comments();
echo '</ol>';
comment_form();
""",
}
